"""A shop for tokens that have none, another one when theirs closes, and the way back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from rasad.accounts.models import User
from rasad.desk.models import ShopChoice
from rasad.desk.queries.nearby import candidates, distance_m, place_of
from rasad.journal import actions as journal
from rasad.relief import publishing, schemes
from rasad.relief.life import LIVING, Event, before
from rasad.relief.models import Token
from rasad.shops.models import Shop
from rasad.values.refused import Refused

# Why a token has its shop, as the token says it.
BY_OFFICER = "officer"
# Who knows when papers of tokens were made last, by the keys of the tokens; apps above add themselves.
ON_PAPER: list[Callable[[Sequence[int]], Mapping[int, datetime]]] = []
State = Token.State


@dataclass(frozen=True)
class Done:
    """What an act came to: the key by which it is taken back, tokens changed, tokens somebody else had changed."""

    act: UUID
    tokens: int
    passed_over: int


@transaction.atomic
def choose_shop(
    *, tokens: QuerySet[Token], shop: Shop, by: User, at: datetime, beyond: bool = False, why: str = ""
) -> Done:
    """Give tokens of the queue a shop of their district (R-DRT-11); they are published at once.

    Refused: shop_not_open, shop_of_another_district, shop_full (unless `beyond` its room is wanted on purpose),
    tokens_not_in_queue when somebody else was faster with all of them.
    """
    asked = tokens.count()
    held = _locked(tokens.filter(state__in=before(Event.ASSIGN_SHOP)))
    if not held:
        raise Refused("tokens_not_in_queue", tokens=asked)
    _check_shop(shop, held, at=at, beyond=beyond)
    act = uuid4()
    _move(held, shop, act=act, kind=ShopChoice.Kind.CHOSEN, state=State.SHOP_ASSIGNED, why=why, by=by, at=at)
    _note("relief.shop_chosen", shop.number, act, held, why, by=by, at=at)
    publishing.publish(Token.objects.filter(pk__in=[one.pk for one in held]), at=at)
    return Done(act, len(held), asked - len(held))


@transaction.atomic
def change_shop(
    *, tokens: QuerySet[Token], shop: Shop, why: str, by: User, at: datetime, beyond: bool = False
) -> Done:
    """Move tokens that have a shop to another one; where a token stands stays as it was. The holders are told.

    Refused as `choose_shop`; shop_unchanged when all of them are there already.
    """
    asked = tokens.count()
    held = _locked(tokens.filter(state__in=before(Event.REASSIGN)).exclude(shop_number=shop.number))
    if not held:
        raise Refused("shop_unchanged", shop=shop.number)
    _check_shop(shop, held, at=at, beyond=beyond)
    act = uuid4()
    _move(held, shop, act=act, kind=ShopChoice.Kind.CHANGED, state=None, why=why, by=by, at=at)
    _note("relief.shop_changed", shop.number, act, held, why, by=by, at=at)
    publishing.shop_changed(held, at=at)
    return Done(act, len(held), asked - len(held))


@transaction.atomic
def empty_shop(*, shop: Shop, to: QuerySet[Shop], why: str, by: User, at: datetime) -> Done:
    """A shop closes: each of its tokens goes to the nearest open shop among `to` that has room for it.

    Tokens for which no shop has room stay, and are counted as passed over. Refused: nothing_to_move.
    """
    held = _locked(Token.objects.filter(shop_number=shop.number, state__in=before(Event.REASSIGN)))
    if not held:
        raise Refused("nothing_to_move", shop=shop.number)
    act, moved = uuid4(), 0
    others = to.exclude(pk=shop.pk).filter(district_code=shop.district_code)
    Shop.objects.select_for_update().filter(pk__in=others.values("pk")).order_by("number").count()
    taken: dict[str, int] = {}
    for place, group in _by_place(held):
        for one in candidates(others, place_of(place), on=timezone.localdate(at)):
            room = one.room - taken.get(one.number, 0)
            part, group = group[: max(room, 0)], group[max(room, 0) :]
            if part:
                taken[one.number] = taken.get(one.number, 0) + len(part)
                goal = others.select_related("place").get(number=one.number)
                _move(part, goal, act=act, kind=ShopChoice.Kind.CHANGED, state=None, why=why, by=by, at=at)
                publishing.shop_changed(part, at=at)
                moved += len(part)
            if not group:
                break
    if not moved:
        raise Refused("no_room_near", shop=shop.number, tokens=len(held))
    _note("relief.shop_emptied", shop.number, act, held[:moved], why, by=by, at=at)
    return Done(act, moved, len(held) - moved)


@transaction.atomic
def take_back(*, act: UUID, choices: QuerySet[ShopChoice], by: User, at: datetime) -> Done:
    """Undo one act as far as nothing was built upon it: `choices` are those of it that the officer may see.

    A token that has been drawn on, went on to yet another shop, or whose paper names the shop by now, stays as it is
    and is passed over. Refused: nothing_to_take_back.
    """
    mine = list(choices.filter(act=act).exclude(kind=ShopChoice.Kind.TAKEN_BACK).select_related("token"))
    tokens = {one.pk: one for one in _locked(Token.objects.filter(pk__in=[one.token_id for one in mine]))}
    papers = [on_paper(list(tokens)) for on_paper in ON_PAPER]
    possible = [
        one
        for one in mine
        if _is_as_chosen(one, tokens[one.token_id])
        and not any(one.token_id in made and made[one.token_id] >= one.at for made in papers)
    ]
    if not possible:
        raise Refused("nothing_to_take_back")
    undone = uuid4()
    for one in possible:
        token = tokens[one.token_id]
        back = ShopChoice(
            act=undone, token=token, kind=ShopChoice.Kind.TAKEN_BACK, from_state=token.state,
            from_shop=token.shop_number, from_reason=token.shop_reason, from_distance_m=token.shop_distance_m,
            to_shop=one.from_shop, to_distance_m=one.from_distance_m, takes_back=one, by=by.get_username(), at=at,
        )  # fmt: skip
        back.save(force_insert=True)
        token.shop_number, token.shop_reason = one.from_shop, one.from_reason
        token.shop_distance_m = one.from_distance_m
        if one.kind == ShopChoice.Kind.CHOSEN:
            token.state = State.AWAITING_SHOP
        token.save(update_fields=["shop_number", "shop_reason", "shop_distance_m", "state"])
    changed = [tokens[one.token_id] for one in possible]
    publishing.shop_changed(changed, at=at)
    _note("relief.shop_taken_back", str(act), undone, changed, "", by=by, at=at, of_kind="act")
    return Done(undone, len(possible), len(mine) - len(possible))


def _is_as_chosen(choice: ShopChoice, token: Token) -> bool:
    if hasattr(choice, "taken_back_by") or token.shop_number != choice.to_shop:
        return False
    event = Event.UNASSIGN if choice.kind == ShopChoice.Kind.CHOSEN else Event.REASSIGN
    return token.state in before(event)


def _locked(tokens: QuerySet[Token]) -> list[Token]:
    """These tokens, in one order for everybody, until the transaction ends."""
    return list(tokens.filter(state__in=LIVING).select_for_update(of=("self",)).order_by("number"))


def _check_shop(shop: Shop, tokens: Sequence[Token], *, at: datetime, beyond: bool) -> None:
    """The shop is open, of the tokens' district, and has room. Two officers at once count one after the other."""
    Shop.objects.select_for_update().get(pk=shop.pk)
    today = timezone.localdate(at)
    if not Shop.objects.filter(pk=shop.pk, open_during__contains=today).exists():
        raise Refused("shop_not_open", shop=shop.number, on=today)
    if any(token.district_code != shop.district_code for token in tokens):
        raise Refused("shop_of_another_district", shop=shop.number)
    assigned = Token.objects.filter(shop_number=shop.number, state__in=LIVING).count()
    room = max(shop.capacity_families - assigned, 0)
    if len(tokens) > room and not beyond:
        raise Refused("shop_full", shop=shop.number, room=room, wanted=len(tokens))


def _move(
    tokens: Sequence[Token],
    shop: Shop,
    *,
    act: UUID,
    kind: str,
    state: str | None,
    why: str,
    by: User,
    at: datetime,
) -> None:
    made = []
    for place, group in _by_place(tokens):
        away = distance_m(shop, place_of(place))
        for token in group:
            made.append(
                ShopChoice(
                    act=act,
                    token=token,
                    kind=kind,
                    from_state=token.state,
                    from_shop=token.shop_number,
                    from_reason=token.shop_reason,
                    from_distance_m=token.shop_distance_m,
                    to_shop=shop.number,
                    to_distance_m=away,
                    why=why,
                    by=by.get_username(),
                    at=at,
                )
            )
            token.shop_number, token.shop_reason, token.shop_distance_m = shop.number, BY_OFFICER, away
            token.state = state or token.state
    ShopChoice.objects.bulk_create(made, batch_size=1000)
    Token.objects.bulk_update(
        tokens, ["shop_number", "shop_reason", "shop_distance_m", "state"], batch_size=1000
    )


def _by_place(tokens: Iterable[Token]) -> list[tuple[str, list[Token]]]:
    groups: dict[str, list[Token]] = {}
    for token in tokens:
        groups.setdefault(token.place_code, []).append(token)
    return sorted(groups.items())


def _note(
    action: str,
    key: str,
    act: UUID,
    tokens: Sequence[Token],
    why: str,
    *,
    by: User,
    at: datetime,
    of_kind: str = "shop",
) -> None:
    facts = {"act": str(act), "tokens": len(tokens), "first": tokens[0].number}
    journal.write(action, of_kind=of_kind, of_key=key, by=by, at=at, reason=why, facts=facts)
    _tell_needs(act, tokens, at=at)


def _tell_needs(act: UUID, tokens: Sequence[Token], *, at: datetime) -> None:
    """The shops on both sides of an act need more or less grain than before."""
    sides = ShopChoice.objects.filter(act=act).values_list("from_shop", "to_shop")
    for token in {one.scheme: one for one in tokens}.values():
        publishing.needs_changed(
            schemes.of_token(token), {shop for side in sides for shop in side if shop}, at=at
        )
