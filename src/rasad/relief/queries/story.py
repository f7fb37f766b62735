"""One token's whole story: the rows that led to it, the rules it met, its shop, what is due on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from rasad.policy import relief as policy
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.scheme import Scheme
from rasad.relief import reasons, rules, schemes
from rasad.relief.likeness import Compared, compared
from rasad.relief.models import Review, SourceRow, Token
from rasad.relief.privacy import Sight
from rasad.relief.queries.names import VILLAGES, Names, in_language, names
from rasad.shops.models import Shop
from rasad.values.aadhaar import mask_card
from rasad.values.month import Month
from rasad.values.reason import Reason
from rasad.values.refused import Refused


@dataclass(frozen=True)
class RowTold:
    """A source's row that leads to this token."""

    pk: int
    source: str
    reference: str
    received_on: date | None
    is_first: bool
    reason: str
    why: str


@dataclass(frozen=True)
class Check:
    """A rule of the scheme this token met: the column it looked at, and the words it stands on."""

    rule: str
    what: str
    document: str
    quotation: str


@dataclass(frozen=True)
class ShopTold:
    """Where the token is drawn, why there, and how far it is in metres."""

    number: str
    name: str
    place: str
    address: str
    dealer_mobile: str
    reason: str
    distance_m: int | None


@dataclass(frozen=True)
class LineDue:
    """One commodity of a month: grams, price in paise a kilogram, amount in paise, the rules that say so."""

    commodity: str
    grams: int
    price: int
    amount: int | None
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class MonthDue:
    """What is due in one month; empty when the month is not one of the token's."""

    month: str
    lines: Sequence[LineDue]
    amount: int


@dataclass(frozen=True)
class MemberTold:
    """A person on the token."""

    line: int
    name: str
    relation: str
    sex: str
    age: int | None


@dataclass(frozen=True)
class ReviewTold:
    """A question about this token: the card it may belong to, masked, and what the two have in common."""

    pk: int
    card: str
    category: str
    weight: float
    compared: Sequence[Compared]
    state: str
    is_open: bool


@dataclass(frozen=True)
class Story:
    """Everything the page of one token tells."""

    rows: Sequence[RowTold]
    rows_elsewhere: int
    checks: Sequence[Check]
    shop: ShopTold | None
    without_shop: str
    what_to_do: str
    queue: str
    months: Sequence[MonthDue]
    due_rules: Sequence[Reason]
    members: Sequence[MemberTold]
    reviews: Sequence[ReviewTold]
    names: Names
    scheme_title: str
    helpline: str
    state_today: str


def story(
    token: Token, *, rows: QuerySet[SourceRow], reviews: QuerySet[Review], sight: Sight, on: date
) -> Story:
    """The story of a token as this reader may know it; `rows` and `reviews` are those the reader may see."""
    scheme = schemes.recorded(token.run)
    told = _rows(token, rows, scheme)
    waits = token.last_state == Token.State.AWAITING_SHOP
    months = _months(token, scheme)
    return Story(
        rows=told,
        rows_elsewhere=SourceRow.objects.filter(token=token).count() - len(told),
        checks=_checks(token, scheme),
        shop=_shop(token),
        without_shop=reasons.shop_reason(token.shop_reason) if waits else "",
        what_to_do=str(reasons.WITHOUT_SHOP.get(token.shop_reason, "")) if waits else "",
        queue=schemes.said(scheme.shop.otherwise) if scheme and waits else "",
        months=months,
        due_rules=_rules(months),
        members=[
            MemberTold(one.line, sight.name(one.name), one.relation, one.sex, one.age)
            for one in token.members.all()
        ],
        reviews=[told_review(one) for one in reviews.filter(token=token).order_by("-weight")],
        names=names(districts=[token.district_code], places=[token.place_code]),
        scheme_title=schemes.title(token.scheme),
        helpline=scheme.helpline_numbers[0] if scheme else "",
        state_today=policy.state_on(scheme, token.state, on=on) if scheme else token.state,
    )


def told_review(review: Review) -> ReviewTold:
    """A question as it is shown: never the whole card number."""
    return ReviewTold(
        review.pk,
        mask_card(review.card_number),
        review.card_category,
        review.weight,
        compared(review.reasons),
        review.get_state_display(),
        review.state == Review.State.OPEN,
    )


def _rows(token: Token, rows: QuerySet[SourceRow], scheme: Scheme | None) -> list[RowTold]:
    titles = {source.code: schemes.said(source.title) for source in scheme.sources} if scheme else {}
    found = rows.filter(token=token).order_by("received_on", "pk")
    told = [
        RowTold(
            row.pk,
            titles.get(row.source, row.source),
            row.reference,
            row.received_on,
            row.outcome == SourceRow.Outcome.TOKEN,
            reasons.name(row.reason),
            str(reasons.REASONS[row.reason].why) if row.reason in reasons.REASONS else "",
        )
        for row in found
    ]
    return sorted(told, key=lambda row: not row.is_first)


def _checks(token: Token, scheme: Scheme | None) -> list[Check]:
    """The rules every row of the token's source had to meet: its conditions, then the register."""
    if scheme is None:
        return []
    met = [
        Check(
            f"{scheme.code}.{token.source}.{condition.column}",
            rules.condition_in_words(source, condition),
            condition.source.file,
            condition.source.quotation,
        )
        for source in scheme.sources
        if source.code == token.source
        for condition in source.conditions
    ]
    return [*met, _register(scheme)]


def _register(scheme: Scheme) -> Check:
    said = rules.bar_in_words(scheme)
    return Check(f"{scheme.code}.refuses_cards_of", said, scheme.bar.source.file, scheme.bar.source.quotation)


def _shop(token: Token) -> ShopTold | None:
    if not token.shop_number:
        return None
    # The family is sent to this shop: its name is no secret, even where it is another office's.
    shop = Shop.objects.select_related("place").filter(number=token.shop_number).first()
    if shop is None:
        reason = reasons.shop_reason(token.shop_reason)
        return ShopTold(token.shop_number, token.shop_number, "", "", "", reason, token.shop_distance_m)
    return ShopTold(
        shop.number,
        in_language(shop.name, shop.name_hi),
        in_language(shop.place.name, shop.place.name_hi) if shop.place.kind in VILLAGES else "",
        shop.address,
        shop.dealer_mobile,
        reasons.shop_reason(token.shop_reason),
        token.shop_distance_m,
    )


def _rules(months: Sequence[MonthDue]) -> list[Reason]:
    """Each rule behind what is due, once."""
    found = {reason.row: reason for month in months for line in month.lines for reason in line.reasons}
    return list(found.values())


def _months(token: Token, scheme: Scheme | None) -> list[MonthDue]:
    if scheme is None:
        return []
    law = jurisdiction(scheme.jurisdiction)
    found = []
    for text in token.months:
        try:
            due = policy.due(scheme, members=token.member_count, month=Month.parse(text))
        except Refused:
            # A month no rule speaks of is shown as such, not as nothing due.
            found.append(MonthDue(text, [], 0))
            continue
        lines = [
            LineDue(
                schemes.said(law.commodity_name(line.commodity)),
                line.quantity,
                line.price_per_kg,
                line.amount,
                (*due.reasons, *line.reasons),
            )
            for line in due.lines
        ]
        found.append(MonthDue(text, lines, due.amount))
    return found
