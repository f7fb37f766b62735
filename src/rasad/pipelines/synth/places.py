"""Villages and wards that do not exist, inside districts and sub-districts that do."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.spatial import cKDTree

from rasad.pipelines.synth import arrays, facts, shapes
from rasad.pipelines.synth.arrays import Column, Flags, Floats, Ints, Table

# Real village codes of the directory have five or six digits; these cannot be taken for one.
FIRST_VILLAGE, FIRST_WARD = 90_000_001, 95_000_001
UNKNOWN_PLACE = "99999999"


def _pairs(text: str) -> list[list[str]]:
    return [pair.split(":") for pair in text.split()]


_FIRST = _pairs(
    "Ba:बा Bha:भा Bir:बीर Cha:चा Chan:चन Dha:धा Dhan:धन Do:दो Ga:गा Gan:गन Go:गो Ha:हा Har:हर Ja:जा Jho:झो "
    "Ka:का Kha:खा Kan:कन La:ला Lo:लो Ma:मा Man:मन Mo:मो Na:ना Nar:नर Pa:पा Pan:पन Ra:रा Ro:रो Sa:सा "
    "San:सन Su:सु Ta:ता To:टो Va:वा"
)
_MIDDLE = _pairs(
    "ra:रा ri:री la:ला li:ली na:ना ni:नी da:दा di:दी ka:का ki:की ta:ता ti:ती sa:सा si:सी ma:मा mi:मी "
    "ba:बा bi:बी ndo:ंदो ngi:ंगी lu:लू ru:रू nu:नू so:सो"
)
_LAST = _pairs(
    "pur:पुर garh:गढ़ khera:खेड़ा wala:वाला majra:माजरा pura:पुरा nagar:नगर was:वास heri:हेड़ी "
    "wali:वाली khurd:_खुर्द kalan:_कलां"
)


@dataclass(frozen=True)
class Places:
    """Villages and wards, district by district; `district` counts within the districts chosen."""

    code: Ints
    district: Ints
    latitude: Floats
    longitude: Floats
    located: Flags
    weight: Floats
    name: Column
    table: Table

    def of(self, district: int) -> Ints:
        """The places of one district."""
        return np.flatnonzero(self.district == district)


def _invented_names(rng: np.random.Generator, count: int) -> tuple[Column, Column]:
    every = len(_FIRST) * len(_MIDDLE) * len(_LAST)
    # Past so many villages names repeat, as they do in life.
    which = rng.choice(every, count, replace=count > every)
    roman, hindi = [], []
    for number in which.tolist():
        rest, ending = divmod(number, len(_LAST))
        start, middle = divmod(rest, len(_MIDDLE))
        parts = (_FIRST[start], _MIDDLE[middle], _LAST[ending])
        stem, stem_hi = parts[0][0] + parts[1][0], parts[0][1] + parts[1][1]
        word, word_hi = parts[2]
        apart = word_hi.startswith("_")
        roman.append(f"{stem} {word.title()}" if apart else stem + word)
        hindi.append(stem_hi + word_hi.replace("_", " "))
    return pa.array(roman, pa.string()), pa.array(hindi, pa.string())


def _row(kind: str, one: facts.Named, parent: tuple[str, str], since: date) -> dict[str, object]:
    return {
        "kind": kind,
        "code": one.code,
        "name": one.name,
        "name_hi": one.name_hi,
        "parent_kind": parent[0],
        "parent_code": parent[1],
        "latitude": one.latitude,
        "longitude": one.longitude,
        "since": since,
    }


def _real_rows(chosen: list[facts.District], tehsils: list[facts.Subdistrict]) -> list[dict[str, object]]:
    since = {one.code: one.since for one in chosen}
    return [
        _row("state", facts.HARYANA, ("", ""), facts.STATE_SINCE),
        *(_row("district", one, ("state", facts.HARYANA.code), one.since) for one in chosen),
        *(_row("subdistrict", one, ("district", one.district), since[one.district]) for one in tehsils),
    ]


@dataclass(frozen=True)
class _Made:
    """The invented places before they have names: what each is, and the tehsil it lies in."""

    district: Ints
    tehsil: Ints
    is_ward: Flags
    weight: Floats


def _sized(rng: np.random.Generator, count: int, sigma: float, share: float) -> Floats:
    weight: Floats = rng.lognormal(0.0, sigma, count)
    return np.asarray(weight / weight.sum() * share)


def _counted(
    rng: np.random.Generator, scale: float, chosen: list[facts.District], tehsils: list[facts.Subdistrict]
) -> _Made:
    people = np.array([one.population for one in chosen], dtype=np.float64)
    urban = people * np.array([one.urban_percent for one in chosen]) / 100
    villages = np.maximum(arrays.shared_out(round(shapes.VILLAGES * scale), people - urban), 3)
    wards = np.maximum(arrays.shared_out(round(shapes.WARDS * scale), urban), 2)
    tehsil, weight = [], []
    for number, district in enumerate(chosen):
        own = np.array([i for i, one in enumerate(tehsils) if one.district == district.code])
        # The town a district is named after has several times the wards of the others.
        size = np.array([4.0 if tehsils[i].name == district.name else 1.0 for i in own])
        tehsil += [rng.choice(own, int(villages[number]))]
        tehsil += [np.sort(own[arrays.draw(rng, size, int(wards[number]))])]
        share = district.urban_percent / 100
        weight += [_sized(rng, int(villages[number]), shapes.VILLAGE_SIZE_SIGMA, 1 - share)]
        weight += [_sized(rng, int(wards[number]), 0.4, share)]
    sizes = villages + wards
    is_ward = arrays.places_in_run(sizes) >= np.repeat(villages, sizes)
    return _Made(
        np.repeat(np.arange(len(chosen)), sizes), np.concatenate(tehsil), is_ward, np.concatenate(weight)
    )


def _scattered(
    rng: np.random.Generator, made: _Made, tehsils: list[facts.Subdistrict]
) -> tuple[Floats, Floats]:
    """A point for each place, nearer to a town of its own district than to one of another."""
    every = facts.subdistricts()
    towns = np.array([[one.latitude, one.longitude] for one in every])
    districts = np.array([int(one.district) for one in every])
    own = np.array([int(one.district) for one in tehsils])[made.tehsil]
    centre = np.array([[one.latitude, one.longitude] for one in tehsils])[made.tehsil]
    count = len(own)
    # A hundredth of a degree is a kilometre. A town reaches two, its tehsil some ten.
    far = np.sqrt(rng.random(count)) * np.where(made.is_ward, 0.018, 0.095)
    angle = rng.random(count) * 2 * np.pi
    step = np.column_stack([far * np.sin(angle), far * np.cos(angle) * 1.14])
    # Beyond the outer towns of a district soon lies another district or State: there, look inwards.
    hearts = {code: towns[districts == code].mean(axis=0) for code in set(own.tolist())}
    heart = np.array([hearts[code] for code in own.tolist()])
    outside = np.hypot(*(centre + step - heart).T) > np.hypot(*(centre - heart).T) + 0.03
    step[outside] *= -1
    nearest = cKDTree(towns)
    for _ in range(8):
        astray = districts[nearest.query(centre + step)[1]] != own
        step[astray] *= 0.7
    latitude, longitude = (centre + step).T
    return latitude, longitude


def _named(rng: np.random.Generator, made: _Made, tehsils: list[facts.Subdistrict]) -> tuple[Column, Column]:
    count = len(made.district)
    village, village_hi = _invented_names(rng, count)
    # Wards are numbered within their town; villages get a number too, which nobody looks at.
    order = np.lexsort((np.arange(count), made.is_ward, made.tehsil))
    _, sizes = np.unique(made.tehsil[order] * 2 + made.is_ward[order], return_counts=True)
    ward = np.empty(count, dtype=np.int64)
    ward[order] = arrays.places_in_run(sizes) + 1
    number = arrays.text_of(ward)
    town = arrays.chosen([one.name for one in tehsils], made.tehsil)
    town_hi = arrays.chosen([one.name_hi for one in tehsils], made.tehsil)
    in_english = arrays.joined(town, "Ward", number, separator=" ")
    in_hindi = arrays.joined(town_hi, "वार्ड", number, separator=" ")
    return pc.if_else(made.is_ward, in_english, village), pc.if_else(made.is_ward, in_hindi, village_hi)


def make(seed: int, scale: float, chosen: list[facts.District]) -> Places:
    """All places of the chosen districts; a district has at least three villages and two wards."""
    rng = np.random.default_rng([seed, 1])
    codes = {one.code for one in chosen}
    tehsils = [one for one in facts.subdistricts() if one.district in codes]
    made = _counted(rng, scale, chosen, tehsils)
    latitude, longitude = _scattered(rng, made, tehsils)
    name, name_hi = _named(rng, made, tehsils)
    is_ward, count = made.is_ward, len(made.district)
    code = np.where(is_ward, FIRST_WARD + np.cumsum(is_ward) - 1, FIRST_VILLAGE + np.cumsum(~is_ward) - 1)
    located = ~arrays.chance(rng, shapes.PLACES_WITHOUT_COORDINATES, count)
    since = [one.since for one in chosen]
    invented = pa.table(
        {
            "kind": arrays.chosen(["village", "ward"], is_ward.astype(np.int64)),
            "code": arrays.text_of(code),
            "name": name,
            "name_hi": name_hi,
            "parent_kind": pa.array(["subdistrict"] * count, pa.string()),
            "parent_code": arrays.chosen([one.code for one in tehsils], made.tehsil),
            "latitude": arrays.optional(np.round(latitude, 5), located),
            "longitude": arrays.optional(np.round(longitude, 5), located),
            "since": pa.array(since, pa.date32()).take(pa.array(made.district)),
        }
    )
    real = pa.Table.from_pylist(_real_rows(chosen, tehsils), schema=invented.schema)
    table = pa.concat_tables([real, invented])
    return Places(code, made.district, latitude, longitude, located, made.weight, name, table)
