"""A made-up state, district by district: register, shops, sources, and the truth beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from rasad.pipelines.synth import (
    arrays,
    asking,
    facts,
    households,
    names,
    places,
    register,
    rows,
    shapes,
    shops,
    source_files,
    truth,
)
from rasad.pipelines.synth.arrays import Ints
from rasad.pipelines.synth.identity import Kind
from rasad.pipelines.synth.output import Format, Output

NUMBERS_UP_TO_SCALE = 0.3
Progress = Callable[[int, int, str], None]


def _nobody_watches(done: int, total: int, what: str) -> None:
    del done, total, what


def chosen_districts(codes: list[str] | None) -> list[facts.District]:
    """The districts with these LGD codes, or all. Raises ValueError naming those that are not."""
    known = {one.code: one for one in facts.districts()}
    if codes is None:
        return list(known.values())
    if wrong := [code for code in codes if code not in known]:
        raise ValueError(f"not districts of Haryana by LGD code: {', '.join(wrong)}")
    return [known[code] for code in sorted(set(codes), key=int)]


@dataclass(frozen=True)
class _Ground:
    """What all districts stand on."""

    seed: int
    kind: Kind
    mess: float
    chosen: list[facts.District]
    tokens: Ints
    people: Ints
    spelling: names.Spelling
    places: places.Places
    shops: shops.Shops


def _ground(seed: int, scale: float, chosen: list[facts.District], kind: Kind, mess: float) -> _Ground:
    population = np.array([one.population for one in chosen], dtype=np.float64)
    tokens = arrays.shared_out(round(shapes.TOKENS * scale), population)
    people = arrays.shared_out(round(shapes.PEOPLE_ON_CARDS * scale), population)
    where = places.make(seed, scale, chosen)
    depots = shops.make(seed, scale, chosen, where, tokens)
    return _Ground(seed, kind, mess, chosen, tokens, people, names.Spelling(), where, depots)


@dataclass
class _Next:
    """The numbers the next district begins with."""

    family: int
    person: int
    reference: Ints


def _write_district(files: Output, on: _Ground, number: int, start: _Next) -> _Next:
    """Write everything of one district and answer where the next begins."""
    fact = on.chosen[number]
    rng = np.random.default_rng([on.seed, 3, int(fact.code)])
    plan = asking.plan(int(on.tokens[number]), on.mess)
    cards = max(round(int(on.people[number]) / households.mean_on_card(fact)), 20)
    homes = households.make(
        rng,
        on.spelling,
        district=number,
        fact=fact,
        places=on.places,
        shops=on.shops,
        # Those whose card has ended ask as families without one.
        count=cards + plan.without_card - plan.ended,
        first_family=start.family,
        first_person=start.person,
    )
    dealt = register.deal(rng, homes, cards=cards, ended=plan.ended, mess=on.mess, kind=on.kind)
    files.write(
        "register/cards", register.card_table(rng, homes, dealt, on.places, on.shops, fact.code, on.seed)
    )
    members, known = register.member_tables(rng, on.spelling, homes, dealt, on.seed, on.kind)
    files.write("register/members", members)
    files.write("truth/register", known)
    made = rows.make(
        rng,
        asking.make(rng, homes, dealt, plan),
        homes,
        on.places,
        first_reference=start.reference,
        first_operator=start.person + len(homes.person),
        repeated=plan.repeated,
        mess=on.mess,
        kind=on.kind,
    )
    _write_sources(files, on, rng, made, homes, dealt)
    return _Next(
        start.family + len(homes.number),
        start.person + len(homes.person) + rows.operators_at_most(made),
        start.reference + np.bincount(made.asked.source, minlength=len(shapes.SOURCES)),
    )


def _write_sources(
    files: Output,
    on: _Ground,
    rng: np.random.Generator,
    made: rows.Rows,
    homes: households.Households,
    dealt: register.Cards,
) -> None:
    codes = [one.code for one in on.chosen]
    here = source_files.District(made, homes, dealt, on.places, codes, on.seed, on.kind, on.mess)
    for source, habits in enumerate(shapes.SOURCES):
        files.write(f"sources/{habits.name}.families", source_files.families(rng, source, here))
        files.write(f"sources/{habits.name}.members", source_files.members(rng, on.spelling, source, here))
    of_rows, of_people = truth.tables(made, homes, dealt)
    files.write("truth/rows", of_rows)
    files.write("truth/people", of_people)


def write_state(
    out: Path,
    *,
    scale: float,
    seed: int,
    districts: list[str] | None = None,
    identity: Kind | Literal["auto"] = "auto",
    mess: float = 0.001,
    form: Format = "parquet",
    on_progress: Progress = _nobody_watches,
) -> dict[str, int]:
    """Write a made-up Haryana into a folder and answer how many rows each file has; same seed, same bytes.

    Scale 1 is the State of 2020, 54.41 lakh people on cards; all of `scale` falls on the districts chosen.
    `identity` numbers are Aadhaar numbers of the test range, references stand for them; auto takes numbers up
    to scale 0.3. `mess` is the share of rows broken in each of several ways; `truth/` says where each ends.
    Raises ValueError for a district that is not Haryana's or more people than the test range holds.
    """
    chosen = chosen_districts(districts)
    kind = identity if identity != "auto" else "numbers" if scale <= NUMBERS_UP_TO_SCALE else "references"
    with Output(out, form) as files:
        on_progress(0, len(chosen), "places and shops")
        ground = _ground(seed, scale, chosen, kind, mess)
        files.write("register/places", ground.places.table)
        files.write("register/shops", shops.table(seed, ground.shops, ground.places, chosen, ground.spelling))
        start = _Next(1, 1, np.ones(len(shapes.SOURCES), dtype=np.int64))
        for number, fact in enumerate(chosen):
            on_progress(number, len(chosen), fact.name)
            start = _write_district(files, ground, number, start)
        on_progress(len(chosen), len(chosen), "done")
    return files.rows
