"""The ration-card register of one district: cards, their members, and what the register knows of each."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from rasad.pipelines.synth import arrays, identity, names, shapes
from rasad.pipelines.synth.arrays import Column, Flags, Ints, Table
from rasad.pipelines.synth.households import RELATIONS, Households
from rasad.pipelines.synth.places import Places
from rasad.pipelines.synth.shops import Shops

NO_CARD = -1
_INFANT_SINCE = int(np.datetime64("2018-05-15").astype(np.int64))


@dataclass(frozen=True)
class Cards:
    """What the register holds of each family, and of each person."""

    category: Ints  # an index into CATEGORIES, NO_CARD for none
    ended: Flags
    family_id_known: Flags
    # one entry a member
    on_card: Flags
    number_written: Flags
    number_wrong: Flags
    written_for: Ints  # whose number stands there: their own, but for mistakes

    @property
    def free(self) -> Flags:
        """Families living on a free-ration card today."""
        return np.asarray((self.category != NO_CARD) & (self.category != shapes.APL) & ~self.ended)


def deal(
    rng: np.random.Generator, homes: Households, *, cards: int, ended: int, mess: float, kind: identity.Kind
) -> Cards:
    """Give the first `cards` families a card; the last `ended` of them lost it before the year began."""
    count, people, family = len(homes.number), len(homes.person), homes.family
    category = np.full(count, NO_CARD, dtype=np.int64)
    category[:cards] = arrays.draw(rng, np.array(shapes.CATEGORY_SHARES), cards)
    has_ended = np.zeros(count, dtype=np.bool_)
    has_ended[cards - ended : cards] = True
    # Small children and the newly married are often not yet on the card; its holder always is.
    infant = homes.born > _INFANT_SINCE
    share = np.where(infant, shapes.INFANT_ON_CARD, shapes.MEMBER_ON_CARD)
    on_card = (category != NO_CARD)[family] & (arrays.chance(rng, share, people) | (homes.line == 0))
    without = arrays.chance(rng, shapes.CARD_WITHOUT_NUMBERS, count)
    written = on_card & ~without[family] & arrays.chance(rng, shapes.MEMBER_HAS_NUMBER, people)
    wrong = written & arrays.chance(rng, mess if kind == "numbers" else 0.0, people)
    return Cards(
        category=category,
        ended=has_ended,
        family_id_known=homes.has_family_id & arrays.chance(rng, shapes.ID_ON_CARD, count),
        on_card=on_card,
        number_written=written,
        number_wrong=wrong,
        written_for=_typed_twice(rng, homes, written & ~wrong & (category == shapes.APL)[family], mess),
    )


def _typed_twice(rng: np.random.Generator, homes: Households, may: Flags, mess: float) -> Ints:
    # A conflict for the import to report: one number on two people. Only among APL cards, so that nobody's
    # token hangs on whose number it truly is.
    written_for = homes.person.copy()
    wrong = np.flatnonzero(may & arrays.chance(rng, mess / 10, len(may)))
    written_for[wrong[1::2]] = homes.person[wrong[: len(wrong) - 1 : 2]]
    return written_for


def address(house: Ints, street: Ints, place: Column, *, short: bool = False) -> Column:
    """Where a family lives, in the register's words or a clerk's."""
    number, lane = arrays.text_of(house), arrays.text_of(street)
    if short:
        return arrays.joined("H.No ", number, " Gali No. ", lane, " ", place)
    return arrays.joined("House ", number, ", Gali ", lane, ", ", place)


def card_table(
    rng: np.random.Generator,
    homes: Households,
    cards: Cards,
    places: Places,
    shops: Shops,
    code: str,
    seed: int,
) -> Table:
    """The cards of the district."""
    has = np.flatnonzero(cards.category != NO_CARD)
    issued = np.datetime64("2010-01-01") + rng.integers(0, 3_600, len(has))
    ended = np.datetime64("2020-02-01") - rng.integers(0, 40, len(has))
    place = homes.place[has]
    return pa.table(
        {
            "card_number": arrays.text_of(identity.card_numbers(homes.number[has], seed), 12),
            "category": arrays.chosen(list(shapes.CATEGORIES), cards.category[has]),
            "family_id": identity.family_ids(homes.number[has], cards.family_id_known[has], seed),
            "place": arrays.text_of(places.code[place]),
            "district": pa.array([code] * len(has), pa.string()),
            "shop_number": arrays.text_of(shops.number[homes.shop[has]]),
            "address": address(homes.house[has], homes.street[has], places.name.take(pa.array(place))),
            "issued_on": pa.array(issued.astype("datetime64[D]")),
            "ended_on": arrays.optional(ended.astype("datetime64[D]"), cards.ended[has]),
        }
    )


def member_tables(
    rng: np.random.Generator,
    spelling: names.Spelling,
    homes: Households,
    cards: Cards,
    seed: int,
    kind: identity.Kind,
) -> tuple[Table, Table]:
    """The members on the cards of the district, and who each truly is."""
    on = np.flatnonzero(cards.on_card)
    family, count = homes.family[on], len(on)
    hand = names.Hand(np.zeros(count, dtype=np.bool_), shapes.REGISTER_DRIFT, shapes.REGISTER_SLIPS)
    born, luck = homes.born[on], rng.random(count)
    written = np.where(luck < shapes.FIRST_OF_JANUARY, arrays.first_of_january(born), born)
    has_phone = arrays.chance(rng, np.where(homes.line[on] == 0, 0.8, 0.25), count)
    numbers = (cards.written_for[on], cards.number_written[on], cards.number_wrong[on])
    # Lines are those of the family as it is: a gap is a member not on the card.
    line = pa.array((homes.line[on] + 1).astype(np.int32))
    card = arrays.text_of(identity.card_numbers(homes.number[family], seed), 12)
    table = pa.table(
        {
            "card_number": card,
            "line": line,
            "name": spelling.full_names(rng, homes.called.take(on), hand),
            "guardian_name": spelling.full_names(rng, homes.guardian_called.take(on), hand),
            "relation": arrays.chosen(RELATIONS, homes.letter[on]),
            "sex": arrays.chosen(["M", "F"], homes.female[on].astype(np.int64)),
            "born_on": arrays.days(written, luck < shapes.BIRTHDAY),
            "birth_year": arrays.optional(arrays.years_of(born).astype(np.int32), luck < shapes.BIRTH_YEAR),
            "mobile": identity.mobiles(np.where(has_phone, homes.phone[family], -1)),
            **identity.columns(*numbers, seed, kind),
        }
    )
    return table, pa.table({"card_number": card, "line": line, "person": pa.array(homes.person[on])})
