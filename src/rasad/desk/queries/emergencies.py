"""Schemes made on the screens, with what was issued under them and what is done for them."""

from django.db.models import Count, QuerySet

from rasad.jobs.models import Job
from rasad.relief import schemes
from rasad.relief.models import Emergency, Token

LATEST_JOBS = 5


def listed(emergencies: QuerySet[Emergency]) -> list[tuple[Emergency, str, int]]:
    """Each with its name and the tokens issued under it."""
    counted = Token.objects.order_by().values("scheme").annotate(count=Count("pk"))
    tokens = dict(counted.values_list("scheme", "count"))
    return [(one, schemes.title(one.code), tokens.get(one.code, 0)) for one in emergencies]


def jobs_of(emergency: Emergency) -> list[Job]:
    """The latest jobs of a scheme."""
    return list(Job.objects.filter(args__code=emergency.code)[:LATEST_JOBS])
