"""One box for whatever a family shows or says: a card's number or its end, a name, a mobile, a family ID."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Right
from psycopg.types.range import Range

from rasad.registry import keys
from rasad.registry.models import CARD_DIGITS, Card, Membership, Place

# More than these nobody reads: the answer then asks for more of the name, or the village.
MOST_SHOWN = 100
# Of very many people of one name so many are compared.
_COMPARED = 2_000
_RANKED = 200
_SHORTEST = 2
_MOBILE_LENGTHS = (10, 11, 12)  # as it is, with 0 or with 91 before it
_MOBILE = re.compile(r"[6-9][0-9]{9}")

Finder = Callable[[str], Sequence[str]]
"""From what was typed to numbers of cards: apps above add theirs, an application's number say."""
FINDERS: dict[str, Finder] = {}


@dataclass(frozen=True)
class Hit:
    """One card that answers: by which member, or by what else."""

    card: str
    name: str
    is_head: bool
    head: str
    place: str
    place_hi: str
    shop: str
    is_living: bool
    likeness: float = 1.0


@dataclass(frozen=True)
class Answer:
    """The cards that answer, the nearest first. `is_more`: so many answer that not all were compared."""

    hits: tuple[Hit, ...]
    is_more: bool = False


def find(text: str, *, cards: QuerySet[Card], areas: Mapping[str, Sequence[str]], on: date) -> Answer:
    """Look for a family among `cards`: those the reader may see. `areas` make it quick, `cards` make it safe.

    After a comma may stand the village: Sunita Devi, Hansi.
    """
    told = _plain(text)
    name, _comma, village = told.partition(",")
    compact = re.sub(r"[\s\-/.+]+", "", name).upper()
    if len(compact) < _SHORTEST:
        return Answer(())
    if any(letter.isdigit() for letter in compact):
        return Answer(tuple(_shown(_by_number(compact, told, cards), on)))
    return _by_name(name, village.strip(), cards, areas, on)


def _plain(text: str) -> str:
    """Trimmed, and with plain digits for those of other scripts."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in composed).strip()


def _by_number(compact: str, told: str, cards: QuerySet[Card]) -> list[int]:
    """Each road asked by itself: in one question the database would read all cards."""
    roads = [Q(number=compact), Q(household__family_id=compact)]
    if len(compact) in _MOBILE_LENGTHS and _MOBILE.fullmatch(compact[-10:]):
        people = Membership.objects.filter(person__mobile=compact[-10:], during__upper_inf=True)
        roads.append(Q(household__in=list(people.values_list("household_id", flat=True)[:MOST_SHOWN])))
    known = [number for finder in FINDERS.values() for number in finder(told)]
    if known:
        roads.append(Q(number__in=known))
    ids = [pk for road in roads for pk in cards.filter(road).values_list("pk", flat=True)[:MOST_SHOWN]]
    if len(compact) >= CARD_DIGITS:
        ends = cards.annotate(last=Right("number", CARD_DIGITS)).filter(last=compact[-CARD_DIGITS:])
        ids += ends.filter(number__endswith=compact).values_list("pk", flat=True)[:MOST_SHOWN]
    return list(dict.fromkeys(ids))


@dataclass(frozen=True)
class _Held:
    """What is read of a card; a model for each of a hundred would cost more than the search."""

    pk: int
    number: str
    household: int
    shop: str
    during: Range[date]
    place: str
    place_hi: str


def _read(cards: QuerySet[Card]) -> list[_Held]:
    place = "household__place__name"
    fields = ("pk", "number", "household_id", "shop_number", "during", place, f"{place}_hi")
    return [_Held(*row) for row in cards.order_by("during").values_list(*fields)]


def _shown(ids: Sequence[int], on: date) -> list[Hit]:
    """The cards of these keys, each in the name of its head."""
    held = {one.pk: one for one in _read(Card.objects.filter(pk__in=ids))}
    heads = _heads([one.household for one in held.values()])
    return [_hit(held[pk], heads.get(held[pk].household, ""), True, heads, on, 1.0) for pk in ids]


def _heads(households: Sequence[int]) -> dict[int, str]:
    heads = Membership.objects.filter(household__in=households, is_head=True)
    return dict(heads.order_by("during").values_list("household_id", "person__name"))


def _hit(card: _Held, name: str, is_head: bool, heads: Mapping[int, str], on: date, likeness: float) -> Hit:
    return Hit(
        card=card.number, name=name, is_head=is_head, head=heads.get(card.household, ""), place=card.place,
        place_hi=card.place_hi, shop=card.shop, is_living=on in card.during, likeness=likeness,
    )  # fmt: skip


def _by_name(
    name: str, village: str, cards: QuerySet[Card], areas: Mapping[str, Sequence[str]], on: date
) -> Answer:
    """People of this name or one that sounds like it: the nearest spelling first, then heads, then by village."""
    places = _places(village, areas)
    if places is not None and not places:
        return Answer(())
    found: dict[int, str] = {}
    is_more = False
    for alternatives in keys.steps(name):
        rows = _people(alternatives, places, areas)
        is_more = is_more or len(rows) == _COMPARED
        found |= dict(rows)
        if len(found) >= MOST_SHOWN:
            break
    near = {text: keys.likeness(name, text) for text in set(found.values())}
    ranked = sorted(found, key=lambda person: -near[found[person]])[:_RANKED]
    hits = _of_people({person: found[person] for person in ranked}, near, cards, on)
    return Answer(tuple(hits[:MOST_SHOWN]), is_more or len(hits) > MOST_SHOWN)


def _places(village: str, areas: Mapping[str, Sequence[str]]) -> list[int] | None:
    """The places a search is bound to: those of the name after the comma, or the reader's own; None: no such bound."""
    if village:
        named = Place.objects.filter(Q(name__istartswith=village) | Q(name_hi__startswith=village))
        return list(named.values_list("pk", flat=True))
    if not areas.keys() & {"state", "district"}:
        return list(Place.objects.filter(code__in=areas.get("place", ())).values_list("pk", flat=True))
    return None


def _people(
    alternatives: Sequence[str], places: Sequence[int] | None, areas: Mapping[str, Sequence[str]]
) -> list[tuple[int, str]]:
    """People with one of these keys, and the names the keys were made of; at most so many as are compared."""
    given: dict[str, list[int] | list[str] | int]
    if places is None:
        districts = None if "state" in areas else areas.get("district", ())
        wanted = [one for key in alternatives for one in keys.within(key, districts)]
        asked, given = _ANYWHERE, {"keys": wanted, "most": _COMPARED}
    else:
        asked = _IN_PLACES
        given = {"places": list(places), "keys": list(alternatives), "most": _COMPARED}
    with transaction.atomic(), connection.cursor() as cursor:
        # By the index, however many the database thinks there are: it does not know how rare a key is.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(asked, given)
        rows: list[tuple[int, str]] = cursor.fetchall()
        cursor.execute("SET LOCAL enable_seqscan = on")
    return rows


_ANYWHERE = "SELECT person_id, name FROM registry_personkeys WHERE keys && %(keys)s LIMIT %(most)s"
_IN_PLACES = """
SELECT k.person_id, k.name FROM registry_household h
JOIN registry_membership m ON m.household_id = h.id AND upper_inf(m.during)
JOIN registry_personkeys k ON k.person_id = m.person_id
WHERE h.place_id = ANY (%(places)s) AND k.keys && %(keys)s LIMIT %(most)s"""


def _of_people(
    found: Mapping[int, str], near: Mapping[str, float], cards: QuerySet[Card], on: date
) -> list[Hit]:
    """The cards of these people that the reader may see: each once, by the member who is nearest."""
    held = Membership.objects.filter(person__in=list(found), during__upper_inf=True)
    members = list(held.values_list("person_id", "household_id", "is_head"))
    of_home = {
        one.household: one for one in _read(cards.filter(household__in={home for _, home, _ in members}))
    }
    hits = [
        _hit(of_home[home], found[person], is_head, {}, on, near[found[person]])
        for person, home, is_head in members
        if home in of_home
    ]
    hits.sort(key=lambda one: (-one.likeness, not one.is_head, one.place, one.card))
    best: dict[str, Hit] = {}
    for one in hits:
        best.setdefault(one.card, one)
    shown = list(best.values())[: MOST_SHOWN + 1]
    homes = {one.number: one.household for one in of_home.values()}
    heads = _heads([homes[one.card] for one in shown])
    return [replace(one, head=heads.get(homes[one.card], "")) for one in shown]
