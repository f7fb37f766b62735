"""Which form each file of a folder has, and whether it fits it."""

from collections.abc import Iterator
from pathlib import Path

from rasad.policy import relief
from rasad.policy.action_plan import ActionPlanFile
from rasad.policy.allocation import AllocationFile
from rasad.policy.annex_file import AnnexFile
from rasad.policy.authentication import AuthenticationFile
from rasad.policy.card_requests import CardRequestFile
from rasad.policy.cards import CardFile
from rasad.policy.categories import CategoryFile
from rasad.policy.central import IssuePriceFile, RetailFile, ScaleFile
from rasad.policy.check.findings import RESOLVED, Finding, ResolvedFile
from rasad.policy.committees import CommitteeFile
from rasad.policy.commodities import CommodityFile
from rasad.policy.contacts import ContactFile
from rasad.policy.coverage import CoverageFile
from rasad.policy.criteria_file import EligibilityFile
from rasad.policy.department import Department
from rasad.policy.documents import DocumentsFile
from rasad.policy.extras import FestivalFile, OverrideFile
from rasad.policy.identification import IdentificationFile
from rasad.policy.jurisdiction import About, jurisdiction
from rasad.policy.obligations import ObligationFile
from rasad.policy.orders import OrderFile
from rasad.policy.packs import Form, read, with_folders
from rasad.policy.periods import PeriodFile
from rasad.policy.portability import PortabilityFile
from rasad.policy.price_rows import FreeMonthsFile, PriceFile
from rasad.policy.programme import ProgrammeFile
from rasad.policy.records import RecordFile
from rasad.policy.review import ReviewFile
from rasad.policy.scales import QuantityFile
from rasad.policy.statistics import StatisticsFile
from rasad.policy.timeline_file import TimelineFile
from rasad.values.refused import Refused

FORMS: dict[str, type[Form]] = {
    "about.yaml": About,
    "action_plan.yaml": ActionPlanFile,
    "allocation.yaml": AllocationFile,
    "annex_ii.yaml": AnnexFile,
    "authentication.yaml": AuthenticationFile,
    "card_requests.yaml": CardRequestFile,
    "cards.yaml": CardFile,
    "categories.yaml": CategoryFile,
    "central_issue_prices.yaml": IssuePriceFile,
    "committees.yaml": CommitteeFile,
    "commodities.yaml": CommodityFile,
    "contacts.yaml": ContactFile,
    "coverage.yaml": CoverageFile,
    "department.yaml": Department,
    "documents.yaml": DocumentsFile,
    "eligibility.yaml": EligibilityFile,
    "entitlements.yaml": QuantityFile,
    "festival_extras.yaml": FestivalFile,
    "free_months.yaml": FreeMonthsFile,
    "identification.yaml": IdentificationFile,
    "obligations.yaml": ObligationFile,
    "orders.yaml": OrderFile,
    "overrides.yaml": OverrideFile,
    "portability.yaml": PortabilityFile,
    "prices.yaml": PriceFile,
    "programme.yaml": ProgrammeFile,
    "records.yaml": RecordFile,
    RESOLVED: ResolvedFile,
    "retail_rules.yaml": RetailFile,
    "review.yaml": ReviewFile,
    "scale_of_issue.yaml": ScaleFile,
    "service_periods.yaml": PeriodFile,
    "statistics.yaml": StatisticsFile,
    "timeline.yaml": TimelineFile,
}


def forms(folder: Path) -> Iterator[Finding]:
    """Every file of a jurisdiction's folder that does not fit its form, or that nobody reads.

    What only shows when files are read together is looked for once each fits by itself.
    """
    for look in (_each, _together, _schemes):
        found = list(look(folder))
        yield from found
        if any(one.kind == "bad_form" for one in found):
            return


def _each(folder: Path) -> Iterator[Finding]:
    for file in sorted(folder.rglob("*.yaml")):
        if file.parent.name == "relief":
            continue
        if file.name not in FORMS:
            yield Finding("unread_file", (), "nobody reads a file of this name", file=file, line=1)
            continue
        try:
            read(file, FORMS[file.name])
        except Refused as refused:
            yield _bad(refused, file)


def _together(folder: Path) -> Iterator[Finding]:
    about = folder / "about.yaml"
    if not about.is_file():
        yield Finding(
            "unread_file", (), "the folder has no about.yaml, so nobody reads it", file=folder, line=0
        )
        return
    try:
        with with_folders(folder.parent):
            jurisdiction(read(about, About).code)
    except Refused as refused:
        yield _bad(refused, about)


def _schemes(folder: Path) -> Iterator[Finding]:
    for file in sorted(folder.glob("relief/*.yaml")):
        try:
            with with_folders(folder.parent):
                relief.load_scheme(file)
        except Refused as refused:
            yield _bad(refused, file)


def _bad(refused: Refused, file: Path) -> Finding:
    facts = refused.facts
    where = ", ".join(str(facts[one]) for one in ("row", "where") if facts.get(one))
    problem = f"{where}: {facts.get('problem', refused)}" if where else str(facts.get("problem", refused))
    return Finding(
        "bad_form", (), problem, file=Path(str(facts.get("file", file))), line=int(str(facts.get("line", 0))),
        advice=str(facts.get("advice", "")),
    )  # fmt: skip
