"""Rows that led to no token of their own: refused, waiting, linked; and why, in five parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rasad.relief import reasons, rules, schemes
from rasad.relief.models import SourceRow
from rasad.relief.privacy import Sight
from rasad.relief.queries.names import names
from rasad.relief.reasons import Told
from rasad.values.aadhaar import mask_card


@dataclass(frozen=True)
class RowStory:
    """One row with its outcome and everything its reader is told of it."""

    pk: int
    reference: str
    line: int
    source: str
    holder: str
    district: str
    received_on: date | None
    outcome: str
    what: str
    told: Told
    # The card found, masked, its category, and by what it was recognised; empty when there was none.
    card: str
    category: str
    proof: str
    token: str
    run: str
    run_key: str
    scheme_title: str
    helpline: str


def story(row: SourceRow, sight: Sight) -> RowStory:
    """What one row's reader is told: what, why, by which rule, what next, to whom, by when."""
    scheme = schemes.of_row(row)
    found = names(districts=[row.district_code])
    titles = {source.code: schemes.said(source.title) for source in scheme.sources} if scheme else {}
    category = str(row.facts.get("category") or "")
    return RowStory(
        pk=row.pk,
        reference=row.reference,
        line=row.line,
        source=titles.get(row.source, row.source),
        holder=sight.name(row.holder_name),
        district=found.district(row.district_code),
        received_on=row.received_on,
        outcome=row.outcome,
        what=str(reasons.OUTCOMES[row.outcome]),
        told=reasons.told(reason_of(row.outcome, row.reason), source=row.source, scheme=scheme),
        card=card_of(row.facts),
        category=rules.category_name(scheme, category) if category else "",
        proof=reasons.proof(str(row.facts.get("proof") or "")),
        token=row.token.number if row.token else "",
        run=schemes.title(row.scheme),
        run_key=row.run.key if row.run else "",
        scheme_title=schemes.title(row.scheme),
        helpline=scheme.helpline_numbers[0] if scheme else "",
    )


def reason_of(outcome: str, reason: str) -> str:
    """The reason to be told: a likeness that only holds a row up is told otherwise than a refusal."""
    if outcome == SourceRow.Outcome.IN_REVIEW and reason == "probably_on_free_card":
        return reasons.PERHAPS
    return reason


def card_of(facts: Mapping[str, object]) -> str:
    """The number of the card a row was found on, masked whatever the run wrote down."""
    return mask_card(str(facts.get("card") or ""))
