"""What the delivery of tokens does in the background: printing by the thousand."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rasad.delivery.actions.steps import Who, note
from rasad.delivery.models import Hand, Step
from rasad.jobs.kinds import kind
from rasad.jobs.models import Job
from rasad.jobs.work import Work
from rasad.relief import printing
from rasad.relief.actions import record_print
from rasad.relief.models import Token
from rasad.relief.paper.press import print_book

CHUNK = 1_000


@kind("delivery.print", title=_("Printing tokens"), needs="print_tokens")
def print_tokens(work: Work, *, district: str, shop: str = "", place: str = "") -> None:
    """Print the tokens of a district, a shop or a village into one file, by shop and village, with cover pages.

    Done again it makes the same file anew.
    """
    tokens = printing.to_print(chosen(district=district, shop=shop, place=place))
    total = tokens.count()
    path = file_of(work.job)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    with half.open("wb") as out:
        count = print_book(
            printing.papers(tokens), out, cover_on=work.at().date(),
            progress=lambda printed: work.advance(printed, total + 1, "print"),
        )  # fmt: skip
    half.rename(path)
    if not work.rows_done():
        _record(work, tokens, count=count, district=district, shop=shop)
    work.advance(total + 1, total + 1, "done")


@transaction.atomic
def _record(work: Work, tokens: QuerySet[Token], *, count: int, district: str, shop: str) -> None:
    """The steps, the journal and the job's own row, all or none: killed in between it notes no paper twice."""
    printed = list(tokens)
    for start in range(0, len(printed), CHUNK):
        note(
            tokens=printed[start : start + CHUNK], kind=Step.Kind.PRINTED,
            who=Who(Hand.DFSC, work.job.by), at=work.at(),
        )  # fmt: skip
    record_print(district=district, shop=shop, tokens=count, by=work.job.by, at=work.at())
    work.row("file", "printed", tokens=count)
    # Written now, within the transaction.
    work.rows_done()


def chosen(*, district: str, shop: str = "", place: str = "") -> QuerySet[Token]:
    """The tokens of a district, narrowed to a shop or a village."""
    found = Token.objects.filter(district_code=district)
    found = found.filter(shop_number=shop) if shop else found
    return found.filter(place_code=place) if place else found


def file_of(job: Job) -> Path:
    """Where what a job printed lies."""
    return Path(settings.HOME) / "prints" / f"{job.pk}.pdf"
