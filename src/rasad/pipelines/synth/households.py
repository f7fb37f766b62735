"""Families as they truly are: who lives together, how old, how related, by what names, where."""

from dataclasses import dataclass

import numpy as np

from rasad.pipelines.synth import arrays, facts, names, shapes
from rasad.pipelines.synth.arrays import Flags, Floats, Ints
from rasad.pipelines.synth.places import Places
from rasad.pipelines.synth.shops import Shops

# One letter a member: H head, h widow at the head, W wife, S son, D daughter, V son's wife, P grandson,
# Q granddaughter, F and M the head's parents, B the head's brother. Around each: how common, age of the head.
_TEMPLATES: dict[int, tuple[tuple[float, str, int, int], ...]] = {
    1: ((4, "H", 45, 80), (6, "h", 55, 85)),
    2: ((6, "HW", 24, 75), (2, "hS", 45, 75), (1, "hD", 40, 65), (1, "HM", 24, 45)),
    3: ((4, "HWS", 24, 50), (3, "HWD", 24, 50), (2, "hSD", 38, 60), (1, "HWM", 24, 45)),
    4: ((6, "HWSD", 26, 52), (3, "HWSS", 26, 52), (2, "HWDD", 26, 50), (2, "HWSM", 26, 46),
        (1, "hSVP", 48, 75)),
    5: ((4, "HWSSD", 30, 54), (3, "HWDDS", 30, 54), (2, "HWSDM", 28, 48),
        (1, "HWSVP", 48, 75), (1, "HWSVQ", 48, 75)),
    6: ((3, "HWDSSD", 33, 55), (2, "HWSDFM", 28, 46), (3, "HWSVPQ", 48, 75), (1, "HWDDDS", 32, 52)),
    7: ((3, "HWSVPQS", 50, 75), (2, "HWSDDFM", 30, 48), (1, "HWDDDSS", 35, 55)),
    8: ((3, "HWSVPQSD", 50, 75), (1, "HWSSDDFM", 32, 50)),
    9: ((3, "HWSVPQPSD", 52, 78), (1, "HWSDDSFMB", 32, 50)),
    10: ((3, "HWSVPQPSSD", 52, 78), (1, "HWSDDSSFMB", 34, 50)),
}  # fmt: skip
MEMBERS_AT_MOST = 10
LETTERS = "HhWSDVPQFMB"
RELATIONS = ["Self", "Self", "Wife", "Son", "Daughter", "Daughter in law", "Grandson", "Granddaughter"]
RELATIONS += ["Father", "Mother", "Brother"]
_FEMALE = np.array([letter in "hWDVQM" for letter in LETTERS])
_MARRIED = np.array([letter in "hWVM" for letter in LETTERS])
# Years older than the head, how far that spreads, and the youngest they can be.
_AGE = {
    "H": (0, 0, 18), "h": (0, 0, 18), "W": (-6, 6, 18), "S": (-29, 5, 0), "D": (-29, 5, 0), "V": (-30, 5, 18),
    "P": (-52, 5, 0), "Q": (-52, 5, 0), "F": (20, 13, 38), "M": (18, 12, 38), "B": (-8, 6, 15),
}  # fmt: skip
# Of the people in a family with a card, those on it: small children and the newly married often are not.
_ON_CARD = 0.959
ELDER = -1  # the guardian lives in no family here: the head's late father, or the widow's late husband


@dataclass(frozen=True)
class _Shelf:
    """All templates as tables: a row a template, a column a line."""

    size: Ints
    weight: Floats
    head_age: Ints
    letter: Ints
    guardian: Ints
    older: Ints


def _guardian(template: str, line: int) -> int:
    letter = template[line]
    if letter == "W":
        return 0
    if letter in "SD":
        return ELDER if template[0] == "h" else 0
    if letter in "VPQ":
        return template.index("S")
    if letter in "HBM" and "F" in template:
        return template.index("F")
    return ELDER


def _shelf() -> _Shelf:
    rows = [(size, *one) for size, several in _TEMPLATES.items() for one in several]
    letter, guardian, older = (np.zeros((len(rows), MEMBERS_AT_MOST), dtype=np.int64) for _ in range(3))
    for number, (_, _, template, _, _) in enumerate(rows):
        children = 0
        married_son = "V" in template
        for line, code in enumerate(template):
            letter[number, line] = LETTERS.index(code)
            guardian[number, line] = _guardian(template, line)
            older[number, line] = _AGE[code][0]
            if code in "SDPQ":
                # The first child is the eldest, the rest follow some two years apart.
                first_son = married_son and code == "S" and children == 0
                older[number, line] += 5 if first_son else -2 * children
                children += 1
    return _Shelf(
        size=np.array([row[0] for row in rows]),
        weight=np.array([row[1] for row in rows], dtype=np.float64),
        head_age=np.array([row[3:5] for row in rows]),
        letter=letter,
        guardian=guardian,
        older=older,
    )


_SHELF = _shelf()


@dataclass(frozen=True)
class Households:
    """The families of one district and, end to end, their members."""

    district: int
    number: Ints  # the family's own number in the whole state
    size: Ints
    first: Ints  # where its members begin
    place: Ints
    shop: Ints
    house: Ints
    street: Ints
    phone: Ints  # negative: none
    has_family_id: Flags
    # one entry a member
    family: Ints
    line: Ints
    letter: Ints  # an index into LETTERS and RELATIONS
    person: Ints  # the person's own number in the whole state
    female: Flags
    born: Ints  # days since 1970
    called: names.Words
    guardian_called: names.Words


def _size_weights(district: facts.District) -> Floats:
    shares = np.array(shapes.HOUSEHOLD_SIZES)
    sizes = np.arange(1, len(shares) + 1)
    mean = float((shares * sizes).sum() / shares.sum())
    spread = float((shares * (sizes - mean) ** 2).sum() / shares.sum())
    # Tilted so that the mean follows the district's in the census (Nuh 6.8 under one roof, Gurugram 4.6).
    ratio = district.population / district.households / shapes.ROOF_MEAN
    tilted: Floats = shares * np.exp((sizes - mean) * mean * (ratio - 1) / spread * 0.8)
    return tilted


def mean_on_card(district: facts.District) -> float:
    """People on a card of a district, on average."""
    weights = _size_weights(district)
    sizes = np.arange(1, len(weights) + 1)
    return float((weights * sizes).sum() / weights.sum()) * _ON_CARD


def _templates(rng: np.random.Generator, size: Ints) -> Ints:
    chosen = np.empty(len(size), dtype=np.int64)
    for number in range(1, MEMBERS_AT_MOST + 1):
        mask = size == number
        of_size = np.flatnonzero(_SHELF.size == number)
        chosen[mask] = of_size[arrays.draw(rng, _SHELF.weight[of_size], int(mask.sum()))]
    return chosen


@dataclass(frozen=True)
class _Roster:
    """Who is in which family, before anyone has a name."""

    template: Ints
    size: Ints
    family: Ints
    line: Ints
    letter: Ints

    @property
    def female(self) -> Flags:
        """Which members are women or girls."""
        return np.asarray(_FEMALE[self.letter])

    @property
    def married(self) -> Flags:
        """Which of the women are or were married."""
        return np.asarray(_MARRIED[self.letter])

    @property
    def guardian(self) -> Ints:
        """Each member's father or husband: an index into the members, then one elder a family."""
        line = _SHELF.guardian[self.template[self.family], self.line]
        first = arrays.starts(self.size)[self.family]
        return np.where(line == ELDER, len(self.family) + self.family, first + line)


def _born(rng: np.random.Generator, roster: _Roster) -> Ints:
    count, family, letter = len(roster.family), roster.family, roster.letter
    low, high = _SHELF.head_age[roster.template].T
    head = low + (rng.random(len(low)) ** 1.3 * (high - low + 1)).astype(np.int64)
    spread = np.array([_AGE[code][1] for code in LETTERS])[letter]
    youngest = np.array([_AGE[code][2] for code in LETTERS])[letter]
    years = head[family] + _SHELF.older[roster.template[family], roster.line]
    years = years + (rng.random(count) * (spread + 1)).astype(np.int64)
    years = np.clip(years, youngest, 101)
    today = int(np.datetime64(shapes.TODAY).astype(np.int64))
    ago: Ints = 20 + (years * 365.25).astype(np.int64) + rng.integers(0, 365, count)
    return today - ago


def _communities(rng: np.random.Generator, district: facts.District, count: int) -> Ints:
    luck = rng.random(count) * 100
    muslim, sikh = district.muslim_percent, district.sikh_percent
    return np.where(luck < muslim, names.MUSLIM, np.where(luck < muslim + sikh, names.SIKH, names.HINDU))


def _homes(
    rng: np.random.Generator, district: int, places: Places, shops: Shops, count: int
) -> tuple[Ints, Ints]:
    """A shop and a place it serves for each family."""
    own = np.flatnonzero(shops.district == district)
    shop = own[arrays.draw(rng, shops.weight[own], count)]
    mine = places.of(district)
    ordered = mine[np.argsort(shops.anchor[mine], kind="stable")]
    running = np.cumsum(places.weight[ordered])
    anchors, first, sizes = np.unique(shops.anchor[ordered], return_index=True, return_counts=True)
    at = np.searchsorted(anchors, shops.place[shop])
    below = np.where(first > 0, running[first - 1], 0.0)[at]
    above = running[first + sizes - 1][at]
    found = np.searchsorted(running, below + rng.random(count) * (above - below), side="right")
    found = np.clip(found, first[at], first[at] + sizes[at] - 1)
    return shop, ordered[found]


def _next_door(rng: np.random.Generator, count: int) -> Ints:
    # A joint family is two hearths of one house, each with a card or a claim of its own: the second copies
    # house, surname and late father from its neighbour. They are not duplicates.
    neighbour = np.arange(count)
    second = 1 + np.flatnonzero(arrays.chance(rng, shapes.JOINT_FAMILY, count - 1))
    neighbour[second] -= 1
    return neighbour


def _phones(rng: np.random.Generator, count: int) -> Ints:
    phone = rng.integers(0, 10**8, count)
    phone[arrays.chance(rng, 0.04, count)] = -1
    # Some families use a neighbour's.
    borrowed = 1 + np.flatnonzero(arrays.chance(rng, 0.015, count - 1))
    phone[borrowed] = phone[borrowed - 1]
    return phone


def _roster(rng: np.random.Generator, fact: facts.District, count: int) -> _Roster:
    size = arrays.draw(rng, _size_weights(fact), count) + 1
    template = _templates(rng, size)
    family, line = np.repeat(np.arange(count), size), arrays.places_in_run(size)
    return _Roster(template, size, family, line, _SHELF.letter[template[family], line])


def _called(
    rng: np.random.Generator, spelling: names.Spelling, fact: facts.District, roster: _Roster, neighbour: Ints
) -> tuple[names.Words, names.Words]:
    """The names of all members, and of the father or husband of each."""
    count, family = len(roster.size), roster.family
    community = _communities(rng, fact, count)[neighbour]
    surname = names.family_names(rng, spelling, community)[neighbour]
    uses = arrays.chance(rng, names.WITH_SURNAME, count)[neighbour]
    members = names.people(
        rng,
        spelling,
        community=community[family],
        female=roster.female,
        married=roster.married,
        surname=surname[family],
        uses_surname=uses[family],
    )
    no = np.zeros(count, dtype=np.bool_)
    elders = names.people(
        rng, spelling, community=community, female=no, married=no, surname=surname, uses_surname=uses
    ).take(neighbour)
    return members, names.both(members, elders).take(roster.guardian)


def make(
    rng: np.random.Generator,
    spelling: names.Spelling,
    *,
    district: int,
    fact: facts.District,
    places: Places,
    shops: Shops,
    count: int,
    first_family: int,
    first_person: int,
) -> Households:
    """`count` families of a district, numbered on from the first family and person given."""
    roster = _roster(rng, fact, count)
    shop, place = _homes(rng, district, places, shops, count)
    neighbour = _next_door(rng, count)
    members, guardians = _called(rng, spelling, fact, roster, neighbour)
    return Households(
        district=district,
        number=first_family + np.arange(count),
        size=roster.size,
        first=arrays.starts(roster.size),
        place=place[neighbour],
        shop=shop[neighbour],
        house=rng.integers(1, 900, count)[neighbour],
        street=rng.integers(1, 25, count)[neighbour],
        phone=_phones(rng, count),
        has_family_id=arrays.chance(rng, shapes.FAMILY_HAS_ID, count),
        family=roster.family,
        line=roster.line,
        letter=roster.letter,
        person=first_person + np.arange(len(roster.family)),
        female=roster.female,
        born=_born(rng, roster),
        called=members,
        guardian_called=guardians,
    )
