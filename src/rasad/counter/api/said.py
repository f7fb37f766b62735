"""What happened at the counter, as the API tells it."""

from collections.abc import Iterable
from datetime import timedelta

from rasad import wiring
from rasad.counter import consent, sales_of_day
from rasad.counter.api import answers
from rasad.counter.dues import Offer
from rasad.counter.ladder import Standing
from rasad.counter.models import ElsewhereLift, Kind
from rasad.counter.opened import Opened
from rasad.counter.visitors import CONSENT_VERSION
from rasad.policy.authentication import authentication
from rasad.registry.families import Member
from rasad.web.language import active

# Statuses of refusals: of every request that is read, and of one that is signed.
NO = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 503})


def visit(seen: Opened, offers: Iterable[Offer]) -> answers.VisitShown:
    """A visit with its family and what it may take now."""
    one, language = seen.visit, active()
    is_visitor = one.kind == Kind.VISITOR
    return answers.VisitShown(
        id=one.pk, kind=one.kind, card=one.holder, month=one.month, category=one.category,
        home_state=one.home_state, until=one.until, members=[_member(line) for line in seen.members],
        lines=lines(offers), elsewhere=[_elsewhere(lift) for lift in seen.elsewhere],
        contact=seen.contact.in_language(language) if seen.contact else "",
        consent=[text.in_language(language) for text in consent.text()] if is_visitor else [],
        consent_version=CONSENT_VERSION if is_visitor else "", standing=standing(seen),
    )  # fmt: skip


def lines(offers: Iterable[Offer]) -> list[answers.LineShown]:
    """What may be bought; `left` is what this visit may take of it."""
    return [
        answers.LineShown(
            line=one.key, commodity=one.commodity, name=one.name.in_language(active()),
            allocation=one.allocation, unit=one.unit, price=one.price, full=one.full, left=one.left,
            in_stock=one.in_stock, choice_group=one.choice_group, is_barred=one.is_barred,
        )
        for one in offers
    ]  # fmt: skip


def standing(seen: Opened) -> answers.StandingShown:
    """Where a visit stands; consent comes before every finger of a visitor."""
    now = seen.standing
    step = "consent" if seen.is_consented is False else now.next
    return answers.StandingShown(
        next=step, mode=now.mode, member=now.member, why=now.why, is_ekyc_asked=now.ekyc_asked,
        fingers_tried=list(now.fingers_tried), code=_code(now),
    )  # fmt: skip


def _code(now: Standing) -> answers.CodeSent | None:
    if now.sent is None or now.sent.member is None:
        return None
    window = authentication(wiring.state_code()).home.mobile_otp.window_seconds
    return answers.CodeSent(
        member=now.sent.member, mobile=now.sent.mobile, sent_at=now.sent.at,
        until=now.sent.at + timedelta(seconds=window), wrong_left=now.wrong_left,
    )  # fmt: skip


def _member(one: Member) -> answers.MemberShown:
    return answers.MemberShown(
        line=one.line, name=one.name, is_head=one.is_head, is_linked=one.is_linked,
        is_validated=one.is_validated, has_mobile=one.has_mobile,
        mobile=f"XXXXXX{one.mobile_end}" if one.has_mobile else "",
    )  # fmt: skip


def _elsewhere(one: ElsewhereLift) -> answers.Elsewhere:
    return answers.Elsewhere(at=one.at, state=one.state, shop=one.shop, grams=one.lines)


def sold(one: sales_of_day.Sold) -> answers.SoldShown:
    """A sale with its receipt."""
    return answers.SoldShown(receipt=receipt(one), kind=one.kind, taken_back=one.taken_back)


def receipt(one: sales_of_day.Sold) -> answers.ReceiptShown:
    """A receipt that is printed again."""
    return answers.ReceiptShown.model_validate(one.receipt, from_attributes=True)
