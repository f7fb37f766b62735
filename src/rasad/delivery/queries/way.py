"""Tokens on their way: who has each, since when, by which hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from rasad.delivery.models import Committee, Step
from rasad.relief.models import Token
from rasad.relief.privacy import Sight
from rasad.relief.queries.names import names

State = Token.State
TO_HAND_OVER = (State.SHOP_ASSIGNED, State.PUBLISHED)
IN_HAND = (State.DELIVERED, State.IN_USE)
# Steps after which a paper names the shop of the token.
PAPERS = (Step.Kind.DOWNLOADED, Step.Kind.PRINTED, Step.Kind.SENT, Step.Kind.GIVEN)
# What a committee came back with that somebody has to look at.
FAILED = (Step.Kind.NOT_FOUND, Step.Kind.MOVED, Step.Kind.DEAD)


@dataclass(frozen=True)
class OnTheWay:
    """A token as a list of deliveries shows it."""

    token: Token
    holder: str
    mobile: str
    place: str
    shop: str
    last: Step | None
    committee: str

    @property
    def where(self) -> str:
        """What happened to it last, in words; nothing yet."""
        return str(self.last.get_kind_display()) if self.last else ""


def with_last_step(tokens: QuerySet[Token]) -> QuerySet[Token]:
    """The tokens, each with `last_step`, the key of the last thing that happened on its way."""
    last = Step.objects.filter(token=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return tokens.annotate(last_step=Subquery(last))


def on_paper(tokens: Sequence[int]) -> dict[int, datetime]:
    """When a paper that names its shop left for a family last, by the key of the token."""
    made = Step.objects.filter(token__in=tokens, kind__in=PAPERS).order_by()
    return dict(made.values_list("token_id").annotate(last=Max("at")))


def narrowed(tokens: QuerySet[Token], how: str) -> QuerySet[Token]:
    """Those that are to be handed over, are with a committee, could not be, or are in their family's hand."""
    match how:
        case "with_committee":
            out = Step.objects.filter(kind=Step.Kind.GIVEN, list__returned_at=None).values("token")
            return tokens.filter(state__in=TO_HAND_OVER, pk__in=out)
        case "failed":
            return tokens.filter(state__in=TO_HAND_OVER, steps__kind__in=FAILED).distinct()
        case "done":
            return tokens.filter(state__in=IN_HAND)
        case _:
            return tokens.filter(state__in=TO_HAND_OVER)


def told(tokens: Sequence[Token], sight: Sight) -> list[OnTheWay]:
    """These tokens, of `with_last_step`, as a reader may see them; four questions to the database."""
    steps = Step.objects.in_bulk([one.last_step for one in tokens if one.last_step])  # type: ignore[attr-defined]
    found = names(places={one.place_code for one in tokens}, shops={one.shop_number for one in tokens})
    committees = Committee.objects.in_bulk({one.committee_id for one in steps.values() if one.committee_id})
    rows = []
    for token in tokens:
        last = steps.get(token.last_step)  # type: ignore[attr-defined]
        committee = committees.get(last.committee_id) if last and last.committee_id else None
        rows.append(
            OnTheWay(
                token,
                sight.name(token.holder_name),
                sight.mobile(token.mobile),
                found.place(token.place_code) if found.knows_place(token.place_code) else token.place_name,
                found.shop(token.shop_number) if token.shop_number else "",
                last,
                committee.name if committee else "",
            )
        )
    return rows


def searched(tokens: QuerySet[Token], text: str, *, by_name: bool) -> QuerySet[Token]:
    """Tokens by number, or for who may search for people by name or mobile."""
    digits = "".join(sign for sign in text if sign.isdigit())
    found = Q(number__startswith=digits) if digits else Q(pk__in=[])
    if by_name:
        found |= Q(holder_name__icontains=text) | (Q(mobile=digits) if digits else Q(pk__in=[]))
    return tokens.filter(found)


@dataclass(frozen=True)
class Leg:
    """One step of one token, in words."""

    at: datetime
    what: str
    hand: str
    by: str
    committee: str
    proof: str
    note: str
    is_done: bool
    is_bad: bool


def legs(token: Token) -> list[Leg]:
    """Everything that happened to a token on its way, the first thing first."""
    return [
        Leg(
            one.at,
            one.get_kind_display(),
            one.get_hand_display(),
            one.by,
            one.committee.name if one.committee else "",
            one.get_proof_display() if one.proof else "",
            one.note or one.received_by,
            one.kind == Step.Kind.HANDED_OVER,
            one.kind in FAILED,
        )
        for one in token.steps.select_related("committee")
    ]
