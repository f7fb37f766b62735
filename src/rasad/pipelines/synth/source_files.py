"""The two files of each source: families and members, in the columns and the hand of that source."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rasad.pipelines.synth import arrays, asking, identity, names, shapes
from rasad.pipelines.synth.arrays import Column, Flags, Ints, Table
from rasad.pipelines.synth.households import LETTERS, RELATIONS, Households
from rasad.pipelines.synth.places import UNKNOWN_PLACE, Places
from rasad.pipelines.synth.register import NO_CARD, Cards, address
from rasad.pipelines.synth.rows import Rows, references

_LAST_DAY = int(np.datetime64(shapes.TODAY).astype(np.int64))
_NEXT_CENTURY = int(np.datetime64("2091-02-28").astype(np.int64))


@dataclass(frozen=True)
class District:
    """All that is true of one district, for its rows to be written from."""

    rows: Rows
    homes: Households
    cards: Cards
    places: Places
    codes: list[str]
    seed: int
    kind: identity.Kind
    mess: float


def _own_columns(rng: np.random.Generator, source: int, here: District, which: Ints) -> dict[str, Column]:
    """The columns only this source has; a row without fault meets the scheme's conditions."""
    fault, family, count = here.rows.asked.fault[which], here.rows.asked.family[which], len(which)
    if source == shapes.MMPSY:
        # Turned down are families of another category, or whose category was never filled in.
        category = here.cards.category[family]
        other = np.where(category == shapes.APL, NO_CARD, category)
        told = np.where(fault == asking.NOT_APL_CARD, other, shapes.APL)
        return {"card_category": arrays.chosen([*shapes.CATEGORIES, ""], told % (len(shapes.CATEGORIES) + 1))}
    after = np.minimum(here.rows.received[which] + rng.integers(1, 9, count), _LAST_DAY)
    if source == shapes.SARAL:
        verified = fault != asking.NOT_VERIFIED
        return {"verified": pa.array(verified), "verified_on": arrays.days(after, verified)}
    forwarded = fault != asking.NOT_FORWARDED
    sent = {"forwarded": pa.array(forwarded), "forwarded_on": arrays.days(after, forwarded)}
    if source == shapes.LOCAL_COMMITTEE:
        other = 1 + arrays.chance(rng, 0.4, count).astype(np.int64)
        option = np.where(fault == asking.RATION_NOT_OPTED, other, 0)
        return {"ration_option": arrays.chosen(["ration", "cooked_food", "none"], option), **sent}
    return {**sent, "handle": arrays.joined("@ration_", arrays.text_of(here.homes.number[family]))}


def _phones(rng: np.random.Generator, habits: shapes.Habits, own: Ints) -> Ints:
    count = len(own)
    phone = np.where(arrays.chance(rng, habits.other_mobile, count), rng.integers(0, 10**8, count), own)
    return np.where(arrays.chance(rng, habits.no_mobile, count), -1, phone)


def _where(rng: np.random.Generator, habits: shapes.Habits, here: District, which: Ints) -> dict[str, Column]:
    """District, village or ward and address, as far as the family knew them."""
    count, family, place = len(which), here.rows.asked.family[which], here.rows.place[which]
    name = here.places.name.take(pa.array(place))
    unknown = arrays.chance(rng, habits.unknown_place, count)
    # Some that do not know the code know the name; some write a code that nobody has.
    named = np.where(unknown, arrays.chance(rng, 0.6, count), arrays.chance(rng, 0.9, count))
    no_such = ~unknown & arrays.chance(rng, habits.unknown_place / 4, count)
    code = pc.if_else(no_such, UNKNOWN_PLACE, arrays.text_of(here.places.code[place]))
    written = pc.if_else(unknown & ~named, None, name)
    home = here.homes.house[family], here.homes.street[family]
    short = arrays.chance(rng, 0.5, count)
    nowhere = here.rows.asked.fault[which] == asking.UNKNOWN_DISTRICT
    district = np.where(nowhere, len(here.codes), here.places.district[place])
    return {
        "district": arrays.chosen([*here.codes, ""], district),
        "place": pc.if_else(unknown, None, code),
        "place_name": pc.if_else(named, name, None),
        "address": pc.if_else(short, address(*home, written, short=True), address(*home, written)),
    }


def families(rng: np.random.Generator, source: int, here: District) -> Table:
    """The families of a source; at the end those that repeat a reference, a day after they first came."""
    rows, homes, habits = here.rows, here.homes, shapes.SOURCES[source]
    first = np.flatnonzero(rows.asked.source == source)
    which = np.concatenate([first, rows.repeated[rows.asked.source[rows.repeated] == source]])
    family, count = rows.asked.family[which], len(which)
    received = rows.received[which] + (np.arange(count) >= len(first))
    has_card = rows.gives_card[which] & (here.cards.category[family] != NO_CARD)
    card = arrays.text_of(identity.card_numbers(homes.number[family], here.seed), 12)
    return pa.table(
        {
            "reference": references(rows).take(pa.array(which)),
            **_where(rng, habits, here, which),
            "received_on": arrays.days(received, np.ones(count, dtype=np.bool_)),
            "mobile": identity.mobiles(_phones(rng, habits, homes.phone[family])),
            "family_id": identity.family_ids(homes.number[family], rows.gives_family_id[which], here.seed),
            "card_number": pc.if_else(has_card, card, None),
            **_own_columns(rng, source, here, which),
        }
    )


def _ages(rng: np.random.Generator, born: Ints, mess: float) -> Ints:
    count = len(born)
    age = ((_LAST_DAY - born) / 365.25).astype(np.int64)
    # Grown people are "about forty": half of what is told ends in 0 or 5.
    round_figure = (age > 22) & arrays.chance(rng, 0.45, count)
    age = np.where(round_figure, (age + 2) // 5 * 5, age)
    # No age at all, though typed: it is to be set aside, and the row goes on.
    return np.where(arrays.chance(rng, mess, count), np.where(age % 2 == 0, -age - 1, age + 200), age)


def _birthdays(rng: np.random.Generator, born: Ints, mess: float) -> Ints:
    count = len(born)
    day = np.where(arrays.chance(rng, shapes.FIRST_OF_JANUARY, count), arrays.first_of_january(born), born)
    return np.where(arrays.chance(rng, mess, count), _NEXT_CENTURY, day)


def _written(
    rng: np.random.Generator, spelling: names.Spelling, source: int, here: District, which: Flags
) -> tuple[Column, Column]:
    """The names of members and of their fathers or husbands, in this source's hand."""
    habits, rows, homes = shapes.SOURCES[source], here.rows, here.homes
    member = rows.member[which]
    # One clerk writes a whole family in one script.
    in_hindi = arrays.chance(rng, habits.hindi, len(rows.asked.family))[rows.row[which]]
    hand = names.Hand(in_hindi, habits.drift, habits.slips)
    written = [
        spelling.full_names(rng, names.abbreviated(rng, called.take(member), 0.10), hand)
        for called in (homes.called, homes.guardian_called)
    ]
    if habits.upper_case:
        written = [pc.utf8_upper(column) for column in written]
    told = arrays.chance(rng, habits.guardian, len(member))
    return written[0], pc.if_else(told, written[1], None)


def members(rng: np.random.Generator, spelling: names.Spelling, source: int, here: District) -> Table:
    """The members on the rows of a source, spelt by that source."""
    habits, rows, homes = shapes.SOURCES[source], here.rows, here.homes
    which: Flags = rows.asked.source[rows.row] == source
    row, member, line = rows.row[which], rows.member[which], rows.line[which]
    count, born = len(row), homes.born[member]
    name, guardian_name = _written(rng, spelling, source, here, which)
    guest = homes.family[member] != rows.asked.family[row]
    relation = np.where(guest, LETTERS.index("V"), homes.letter[member])
    luck = rng.random(count)
    with_age = (luck >= habits.birthday) & (luck < habits.birthday + habits.age)
    with_phone = (line == 1) & arrays.chance(rng, 0.7, count)
    sex = np.where(arrays.chance(rng, 0.01, count), 2, homes.female[member])
    numbers = (rows.written_for[which], rows.number_written[which], rows.number_wrong[which])
    return pa.table(
        {
            "reference": references(rows).take(pa.array(row)),
            "line": pa.array(line.astype(np.int32)),
            "name": name,
            "guardian_name": guardian_name,
            "relation": arrays.chosen(RELATIONS, relation),
            "sex": arrays.chosen(["M", "F", ""], sex),
            "born_on": arrays.days(_birthdays(rng, born, here.mess), luck < habits.birthday),
            "age": arrays.optional(_ages(rng, born, here.mess).astype(np.int32), with_age),
            "mobile": identity.mobiles(np.where(with_phone, homes.phone[homes.family[member]], -1)),
            **identity.columns(*numbers, here.seed, here.kind),
        }
    )
