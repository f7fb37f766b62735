"""What a relief scheme allows: a token's months, what is due on it, where and when it may be drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from rasad.policy import packs
from rasad.policy.entitlements import Entitlement, entitlement
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.rows import Text
from rasad.policy.scheme import Condition, Scheme, SchemeFile
from rasad.values.month import Month
from rasad.values.reason import Reason
from rasad.values.refused import Refused


def scheme(code: str) -> Scheme:
    """The scheme of a code, as `drt_2020`. Raises Refused("unknown_scheme") naming those there are."""
    files = _files()
    if code not in files:
        raise Refused("unknown_scheme", scheme=code, known=", ".join(files))
    return _scheme(files[code])


def codes() -> tuple[str, ...]:
    """The codes of the schemes of all packs."""
    return tuple(_files())


def _files() -> dict[str, Path]:
    return {file.stem: file for file in reversed(packs.files("*/relief/*.yaml"))}


@cache
def _scheme(path: Path) -> Scheme:
    return load_scheme(path)


def load_scheme(path: Path) -> Scheme:
    """The scheme in a file anywhere. Raises Refused("bad_pack") with file, line and what to do."""
    written = packs.read(path, SchemeFile)
    law = jurisdiction(written.jurisdiction)
    fields = {name: getattr(written, name) for name in SchemeFile.model_fields}
    numbers = law.contact(written.helpline).value
    return Scheme(state_code=law.about.lgd_state, helpline_numbers=numbers, **fields)


@dataclass(frozen=True)
class Screened:
    """Why a source's row goes no further: refused, or waiting for a person; the condition says the words."""

    outcome: Literal["refused", "in_review"]
    reason: str
    condition: Condition


def screen(scheme: Scheme, source: str, row: Mapping[str, object]) -> Screened | None:
    """The first condition of its source that a row does not meet; None when it meets them all."""
    for condition in scheme.source(source).conditions:
        if not condition.is_met_by(row):
            return Screened(condition.otherwise.outcome, condition.otherwise.reason, condition)
    return None


def is_barred_by(scheme: Scheme, category: str) -> bool:
    """Whether a living card of this category, with any member of the family on it, bars the family."""
    return category in scheme.refused_categories


def check_not_barred(scheme: Scheme, category: str) -> None:
    """Refuse a family of which somebody is on a living card of this category. Raises Refused("on_free_card")."""
    if is_barred_by(scheme, category):
        bar = {"rule": f"{scheme.code}.bar", "quotation": scheme.bar.source.quotation}
        raise Refused("on_free_card", **{**_facts(scheme), **bar}, category=category)


def check_may_list(scheme: Scheme, *, district: str, list_of: str) -> None:
    """Refuse the list of another district's tokens where the scheme limits it. Raises Refused("not_your_district")."""
    if scheme.lists and district != list_of:
        facts = {"rule": f"{scheme.code}.lists", "quotation": scheme.lists.source.quotation}
        raise Refused("not_your_district", **{**_facts(scheme), **facts}, district=list_of, own=district)


def channels(scheme: Scheme, *, committee_found: bool) -> tuple[str, ...]:
    """By which ways a token reaches its family; that of the committee only where it was found."""
    return tuple(one.code for one in scheme.channels if committee_found or one.code != "UNIT_COMMITTEE")


def months_for(scheme: Scheme, issued_on: date) -> tuple[Month, ...]:
    """The months of a token issued on a day. Raises Refused("scheme_over") after the last day."""
    if issued_on > scheme.last_day:
        raise Refused("scheme_over", **_facts(scheme), on=issued_on)
    return tuple(month for month in scheme.months if scheme.carry_back or month >= Month.of(issued_on))


def check_month(scheme: Scheme, *, issued_on: date, month: Month) -> None:
    """Refuse a month that was over when the token was issued. Refused: token_month_lapsed, scheme_over."""
    if month in scheme.months and month not in months_for(scheme, issued_on):
        raise Refused("token_month_lapsed", **_facts(scheme), month=str(month), issued_on=issued_on)


def due(scheme: Scheme, *, members: int, month: Month) -> Entitlement:
    """What is due on a token in a month: that of the category it inherits, under the rows of that month."""
    if month not in scheme.months:
        raise Refused("token_outside_its_months", **_facts(scheme), on=month.first_day)
    regular = entitlement(scheme.inherits, members=members, month=month, state=scheme.jurisdiction)
    facts = {"category": scheme.token, "inherits": scheme.inherits}
    return regular.because(scheme.inheritance.reason("inherits", f"{scheme.code}.inherits", **facts))


def draw(
    scheme: Scheme, *, months: Sequence[Month], assigned_shop: str, shop: str, on: date
) -> tuple[Month, tuple[Reason, ...]]:
    """The month a token is drawn for and the rules that allow it, for a token's months and its own shop.

    Refused: token_not_yet_valid (a later month is still to come), token_outside_its_months,
    token_awaits_shop, token_other_shop. The facts tell what, by which rule, what to do next, whom to ask
    and until when.
    """
    facts = _facts(scheme, months)
    month = Month.of(on)
    if month not in months or not scheme.first_day <= on <= scheme.last_day:
        later = [one for one in months if one.first_day > on or (one == month and on < scheme.first_day)]
        if later:
            opens = max(later[0].first_day, scheme.first_day)
            raise Refused("token_not_yet_valid", **facts, on=on, opens=opens)
        raise Refused("token_outside_its_months", **facts, on=on)
    facts |= {"rule": f"{scheme.code}.shop", "document": scheme.shop.source.file}
    facts |= {"quotation": scheme.shop.source.quotation, "shop": shop, "on": on}
    if not assigned_shop:
        raise Refused("token_awaits_shop", **facts, queue=scheme.shop.otherwise)
    if shop != assigned_shop:
        raise Refused("token_other_shop", **facts, assigned_shop=assigned_shop)
    in_month = scheme.validity.reason("token_in_its_month", f"{scheme.code}.validity", month=str(month))
    own_shop = scheme.shop.reason("token_at_its_shop", f"{scheme.code}.shop", shop=shop)
    return month, (in_month, own_shop)


@dataclass(frozen=True)
class Completion:
    """Where a token stands once its shop was looked for; `queue` names who must find one."""

    state: Literal["shop_assigned", "awaiting_shop"]
    queue: Text | None


def completion(scheme: Scheme, shop: str | None) -> Completion:
    """The state of a new token: with its shop, or in the queue of the officer who assigns one."""
    return Completion("shop_assigned", None) if shop else Completion("awaiting_shop", scheme.shop.otherwise)


def state_on(scheme: Scheme, state: str, *, on: date) -> str:
    """The state of a token on a day: expired after the scheme's last day. A cancelled one stays cancelled."""
    return "expired" if on > scheme.last_day and state != "cancelled" else state


def _facts(scheme: Scheme, months: Sequence[Month] | None = None) -> dict[str, object]:
    """The five parts of a refusal: what, why by which rule, what next, whom to ask, by when."""
    return {
        "scheme": scheme.title,
        "said": scheme.validity.said or ", ".join(str(month) for month in scheme.months),
        "months": tuple(str(month) for month in (scheme.months if months is None else months)),
        "rule": f"{scheme.code}.validity",
        "document": scheme.validity.source.file,
        "quotation": scheme.validity.source.quotation,
        "complaint_to": scheme.complaint_to,
        "helpline": scheme.helpline_numbers[0],
        "until": scheme.last_day,
    }
