"""The stages of a relief run in order: what each reads and writes. `rasad relief stage NAME` runs one.

A stage is a pure function of tables; its results lie in the run's folder under their names. A stage whose
results lie there is not run again, so a run that was cut off goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from rasad.pipelines.relief import (
    account,
    assign,
    check,
    collect,
    columns,
    files,
    issue,
    match,
    merge,
    problems,
    screen,
    stopped,
)
from rasad.pipelines.relief.identity import with_identity
from rasad.pipelines.relief.typed import value
from rasad.values.refused import Refused

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine
    from rasad.pipelines.relief.collect import SourceFiles
    from rasad.pipelines.relief.files import InputFile
    from rasad.policy.scheme import Scheme


@dataclass
class Work:
    """One run in hand: its scheme, its inputs, its engine, and the folder where the stages' results lie."""

    scheme: Scheme
    engine: Engine
    folder: Path
    sources: list[SourceFiles]
    register: dict[str, InputFile]
    secret: bytes
    on: date | None
    key: str

    def __getitem__(self, name: str) -> ir.Table:
        """The result of an earlier stage."""
        return self.engine.read(self.folder / f"{name}.parquet")

    def members(self) -> ir.Table:
        """Every member whose family is there, with names, as the files tell; made anew each time it is read."""
        return collect.members(
            self.source_tables(),
            self.sources,
            self["families"],
            self.secret,
            self.scheme.first_day,
            untidy if (untidy := self["untidy"]).count().to_pyarrow().as_py() else None,
        )

    def register_table(self, name: str) -> ir.Table:
        """A table of the register, typed."""
        file = self.register[name]
        table = self.engine.read(file.parquet)
        wanted = columns.REGISTER[name]
        if name == "members":
            table = with_identity(table, file, self.secret)
            own = {"identity_key": table.identity_key}
        else:
            own = {}
        told = {
            column.name: value(table, file, column) for column in wanted if column not in columns.IDENTITY
        }
        if name == "members":
            told["birth_year"] = ibis.coalesce(told["born_on"].year().cast("int64"), told["birth_year"]).cast(
                "int16"
            )
        return table.select(**told, **own)

    @cached_property
    def districts(self) -> dict[str, str]:
        """LGD codes of districts by everything a source may write for them, in lower case."""
        places = self.register_table("places")
        told = (
            places.filter(places.kind == "district")
            .select("code", "name", "name_hi")
            .to_pyarrow()
            .to_pylist()
        )
        known: dict[str, str] = {}
        for one in told:
            # The number of a token begins with it.
            if not (
                one["code"].isascii() and one["code"].isdigit() and len(one["code"]) <= issue.DISTRICT_DIGITS
            ):
                raise Refused("district_code_odd", district=one["code"], digits=issue.DISTRICT_DIGITS)
            for said in (one["code"], one["name"], one["name_hi"]):
                if said:
                    known[said.strip().lower()] = one["code"]
        return known

    def settlements(self) -> ir.Table:
        """Villages and wards, one row a code: wards are numbered apart, and a code may be both."""
        places = self.register_table("places")
        told = places.filter(places.kind.isin(["village", "ward"]))
        turn = ibis.row_number().over(
            group_by="code", order_by=[told.kind, told.name, told.latitude, told.longitude]
        )
        return told.mutate(turn=turn).filter(lambda one: one.turn == 0).drop("turn")

    def files(self) -> list[InputFile]:
        """Every input file, sources first."""
        told = [file for source in self.sources for file in (source.families, source.members)]
        return [*told, *self.register.values()]

    def source_tables(self) -> dict[str, ir.Table]:
        """Every source's two files, as they lie."""
        return {
            f"{source.code}.{kind}": self.engine.read(file.parquet)
            for source in self.sources
            for kind, file in (("families", source.families), ("members", source.members))
        }


Results = dict[str, "ir.Table | pa.Table"]


@dataclass(frozen=True)
class Stage:
    """A step of the run: its name, the tables it writes, and the function that makes them."""

    name: str
    writes: tuple[str, ...]
    make: Callable[[Work], Results]
    exact: bool = True

    def run(self, work: Work) -> None:
        """Make and keep the results that are not there yet."""
        if all((work.folder / f"{name}.parquet").exists() for name in self.writes):
            return
        for name, table in self.make(work).items():
            path = work.folder / f"{name}.parquet"
            work.engine.keep(table, path) if isinstance(table, pa.Table) else work.engine.write(table, path)


def _collect(work: Work) -> Results:
    read = work.source_tables()
    families = work.engine.write(
        collect.families(read, work.sources, work.districts, work.scheme.last_day),
        work.folder / "families.parquet",
    )
    deciding = ("row", "line", "identity_key", "sex", "birth_year")
    members = collect.members(read, work.sources, families, work.secret, work.scheme.first_day)
    people = work.engine.write(members.select(*deciding), work.folder / "people.parquet")
    untidy = work.engine.write(collect.untidy(people), work.folder / "untidy.parquet")
    if untidy.count().to_pyarrow().as_py():
        people = work.engine.write(work.members().select(*deciding), work.folder / "people.parquet")
    return {"shared": collect.shared(people)}


def _problems(work: Work) -> Results:
    return {"problems": problems.found(work)}


def _screen(work: Work) -> Results:
    return {"screened": screen.screened(work["families"], work["people"], work.scheme)}


def _check(work: Work) -> Results:
    return {
        "on_card": check.on_card(
            work["families"],
            work["people"],
            work["shared"],
            work["screened"],
            work.register_table("cards"),
            work.register_table("members"),
            work.scheme,
        )
    }


def _match(work: Work) -> Results:
    cards = work.register_table("cards")
    free = check.free_cards(cards, work.scheme)
    going = merge.going_on(work["screened"], work["on_card"])
    candidates = match.people_of(work["families"], work.members(), work["shared"], going, work.scheme)
    known = match.people_on_cards(work.register_table("members"), cards, free)
    on_cards, alike = match.resemblances(work.engine, candidates, known, work.scheme)
    return {
        "probably_on_card": match.families_on_cards(on_cards, free, work.scheme),
        "resembling": match.families_alike(alike, work.scheme),
    }


def _merge(work: Work) -> Results:
    likely = work["probably_on_card"]
    stopped = likely if work.scheme.grey_zone.rule == "hold" else likely.filter(likely.verdict == "refuse")
    going = merge.going_on(work["screened"], work["on_card"], stopped)
    exact = merge.exact_edges(work["families"], work["people"], work["shared"], going, work.scheme)
    resembling = (
        work["resembling"]
        .semi_join(going.select(low="row"), "low")
        .semi_join(going.select(high="row"), "high")
    )
    edges = ibis.union(exact, resembling.select("low", "high", proof=ibis.literal(3, "int8")))
    told = work["screened"].select("row", "member_count").semi_join(going, "row")
    rows = told.inner_join(work["families"].select("row", "received_on"), "row")
    return {"merged": merge.merged(rows.to_pyarrow(), edges.to_pyarrow())}


def _issue(work: Work) -> Results:
    issued = issue.tokens(work["families"], work["merged"], work.scheme, work.on)
    numbers = issue.numbered(issued.select("row", "district", "digest").to_pyarrow())
    kept = issue.written(work.engine.keep(numbers, work.folder / "numbers.parquet"))
    tokens = work.engine.write(issued.drop("digest").inner_join(kept, "row"), work.folder / "tokens.parquet")
    return {"contested": issue.contested(work["people"], work["shared"], tokens, work.scheme)}


def _assign(work: Work) -> Results:
    shops = work.register_table("shops")
    day = work.scheme.first_day
    serving = shops.filter(
        (shops.open_since.isnull() | (shops.open_since <= work.scheme.last_day))
        & (shops.open_until.isnull() | (shops.open_until > day))
    )
    return {
        "assigned": assign.assign(
            work["tokens"].select("district", "place", token="number").to_pyarrow(),
            serving.select("number", "district", "place", "latitude", "longitude", "capacity").to_pyarrow(),
            work.settlements().select("code", "latitude", "longitude").to_pyarrow(),
        )
    }


def _account(work: Work) -> Results:
    told = account.rows(
        work["families"],
        work["screened"],
        work["on_card"],
        work["probably_on_card"],
        work["merged"],
        work["tokens"],
        work.scheme,
    )
    rows = work.engine.write(told, work.folder / "rows.parquet")
    return {"stopped": stopped.records(work, rows), "stopped_people": stopped.people(work, rows)}


STAGES = (
    Stage("collect", ("families", "people", "untidy", "shared"), _collect),
    Stage("problems", ("problems",), _problems, exact=False),
    Stage("screen", ("screened",), _screen),
    Stage("check", ("on_card",), _check),
    Stage("match", ("probably_on_card", "resembling"), _match, exact=False),
    Stage("merge", ("merged",), _merge),
    Stage("issue", ("tokens", "contested"), _issue),
    Stage("assign", ("assigned",), _assign, exact=False),
    Stage("account", ("rows", "stopped", "stopped_people"), _account),
)


def opened(
    scheme: Scheme, *, sources: Path, register: Path, keep_in: Path
) -> tuple[list[SourceFiles], dict[str, Any]]:
    """All input files, opened and checked before any work is done. Raises Refused for the first unusable one."""
    told = collect.opened(scheme, sources, keep_in=keep_in)
    known = {
        name: files.opened(register, name, wanted, keep_in=keep_in)
        for name, wanted in columns.REGISTER.items()
    }
    return told, known
