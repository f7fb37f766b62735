"""Schemes made on the screens, with what was issued under them and what is done for them."""

from django.db.models import Count, QuerySet

from rasad.jobs.models import Job
from rasad.policy.rows import Text
from rasad.relief import schemes
from rasad.relief.models import Emergency, Token

LATEST_JOBS = 5


def listed(emergencies: QuerySet[Emergency]) -> list[tuple[Emergency, str, int]]:
    """Each with its name and the tokens issued under it."""
    counted = Token.objects.order_by().values("scheme").annotate(count=Count("pk"))
    tokens = dict(counted.values_list("scheme", "count"))
    return [(one, _title(one), tokens.get(one.code, 0)) for one in emergencies]


def _title(emergency: Emergency) -> str:
    # Read here: asked for by its code it would be one more question for each.
    return schemes.said(Text.model_validate(emergency.scheme["title"]))


def jobs_of(emergency: Emergency) -> list[Job]:
    """The latest jobs of a scheme."""
    return list(Job.objects.filter(args__code=emergency.code)[:LATEST_JOBS])
