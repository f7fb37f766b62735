"""`rasad relief`: run a scheme over source files, look at one stage, print tokens."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from rasad.relief.paper_commands import print_tokens

if TYPE_CHECKING:
    import pyarrow as pa

    from rasad.pipelines.relief.stages import Work
    from rasad.policy.scheme import Scheme

app = typer.Typer(no_args_is_help=True, help="Relief runs: from source files to tokens.")
app.command("print")(print_tokens)
console = Console(stderr=True)
# What no screen shows.
HIDDEN = ("identity_key", "aadhaar_ref")

SchemeOption = Annotated[str, typer.Option("--scheme", help="Code of the scheme, or the path of its file.")]
Sources = Annotated[Path, typer.Option(help="Folder with the families and members of each source.")]
MaybeSources = Annotated[
    Path | None,
    typer.Option(help="Folder with the families and members of each source; else --from-portals."),
]
Register = Annotated[
    Path | None, typer.Option(help="Folder with cards, members, shops, places; else the database.")
]
Out = Annotated[Path, typer.Option(help="Folder for the results; a run that was cut off goes on from it.")]
EngineOption = Annotated[str, typer.Option("--engine", help="duckdb or spark.")]
Memory = Annotated[str, typer.Option(help="What DuckDB may take before it uses the disk.")]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of issue; else the day each row came in.")
]


@app.callback()
def relief() -> None:
    """Relief runs: from source files to tokens."""


@app.command()
def run(
    out: Out,
    sources: MaybeSources = None,
    from_portals: Annotated[
        bool, typer.Option("--from-portals", help="Pull the lists from the portals, then run.")
    ] = False,
    scheme: SchemeOption = "drt_2020",
    register: Register = None,
    engine: EngineOption = "duckdb",
    files_only: Annotated[bool, typer.Option("--files-only", help="Leave the database alone.")] = False,
    on: On = None,
    memory: Memory = "3GB",
    by: Annotated[str, typer.Option(help="In whose name the journal records it.")] = "",
) -> None:
    """Check families against the register and issue tokens; every row ends in a named place."""
    if from_portals == (sources is not None):
        raise typer.BadParameter("either a folder or --from-portals", param_hint="--sources")
    from rasad import wiring

    needs_database = not files_only or register is None or from_portals
    wiring.migrated() if needs_database else wiring.templates()
    from rasad.pipelines.relief.run import Inputs, prepared, relief_run
    from rasad.relief.running import exported_register, stoppable

    pulls_cards = sources is None and register is None
    register = register or exported_register(out, named(scheme))
    if sources is None:
        sources = _from_portals(named(scheme), out, register if pulls_cards else None)
    inputs = Inputs(named(scheme), sources, register, secret(), on.date() if on else None)
    work = prepared(inputs, out=out, engine=engine, memory=memory)  # type: ignore[arg-type]
    try:
        if files_only:
            with progress_bar() as tell, stoppable():
                told = relief_run(work, out, tell)
        else:
            told = run_into_database(work, out, by=by or getpass.getuser())
    finally:
        work.engine.close()
    show(told, out)


@app.command()
def stage(
    name: Annotated[
        str, typer.Argument(help="collect, screen, check, match, merge, issue, assign or account.")
    ],
    sources: Sources,
    register: Annotated[Path, typer.Option(help="Folder with cards, members, shops, places.")],
    out: Out,
    scheme: SchemeOption = "drt_2020",
    show_rows: Annotated[int, typer.Option("--show", help="Rows to show of each table it writes.")] = 20,
    engine: EngineOption = "duckdb",
    memory: Memory = "3GB",
) -> None:
    """Run one stage, with those before it where their results are not there yet, and show what it wrote."""
    from rasad.pipelines.relief.run import Inputs, prepared
    from rasad.pipelines.relief.stages import STAGES
    from rasad.values.refused import Refused

    names = [one.name for one in STAGES]
    if name not in names:
        raise Refused("unknown_stage", stage=name, stages=", ".join(names))
    inputs = Inputs(named(scheme), sources, register, secret())
    work = prepared(inputs, out=out, engine=engine, memory=memory)  # type: ignore[arg-type]
    try:
        for one in STAGES[: names.index(name) + 1]:
            one.run(work)
        for written in STAGES[names.index(name)].writes:
            _show_rows(written, work[written].limit(show_rows).to_pyarrow())
    finally:
        work.engine.close()


@app.command()
def expire(
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; else today.")] = None,
    by: Annotated[str, typer.Option(help="In whose name the journal records it.")] = "",
) -> None:
    """Expire every token whose scheme has ended; they are kept for record."""
    from rasad.wiring import migrated

    migrated()
    from django.utils import timezone

    from rasad.relief import actions
    from rasad.relief.queries import overview

    at = timezone.now()
    day = on.date() if on else timezone.localdate(at)
    for scheme in overview.schemes():
        count = actions.expire_tokens(scheme=scheme, on=day, by=by or getpass.getuser(), at=at)
        typer.echo(f"{scheme}: {count:,} tokens expired")


def _from_portals(scheme: Scheme, out: Path, register: Path | None) -> Path:
    """The lists pulled from the portals, and the cards where theirs has an address, with what goes on told here."""
    from rasad.relief.pulling import cards_of_portal, pulled

    with console.status("asking the portals") as status:

        def tell(source: str, count: int) -> None:
            status.update(f"{source}: {count:,}")

        sources = pulled(scheme, out / "pulled", tell)
        if register:
            cards_of_portal(register, out / "pulled", tell)
    for path in sorted((out / "pulled").glob("*.unreadable.jsonl")):
        typer.echo(
            f"Rows that cannot be read are in {path}: have the portal's keeper look at them.", err=True
        )
    return sources


def run_into_database(work: Work, out: Path, *, by: str) -> dict[str, Any]:
    """Run the stages with a bar on the terminal and on the runs page, then take the results in as a whole."""
    from rasad.relief.running import into_database

    with progress_bar() as tell:
        return into_database(work, out, by=by, tell=tell)


def named(scheme: str) -> Scheme:
    """The scheme of a code or of a file's path. Raises Refused."""
    from rasad.policy import relief as policy

    return policy.load_scheme(Path(scheme)) if scheme.endswith((".yaml", ".yml")) else policy.scheme(scheme)


def secret() -> bytes:
    """The key of this installation's references."""
    from rasad.settings import IDENTITY_KEY

    return IDENTITY_KEY


class progress_bar:  # noqa: N801  used like a function
    """A bar on the terminal that is told (stage, place, of)."""

    def __enter__(self) -> progress_bar:
        self._bar = Progress(
            TextColumn("{task.description:20}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=False,
        )
        self._bar.start()
        self._task = self._bar.add_task("", total=1)
        return self

    def __call__(self, stage_name: str, place: int, of: int) -> None:
        """Show that a stage begins."""
        self._bar.update(self._task, description=stage_name, completed=place, total=of)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()


def show(told: dict[str, Any], out: Path) -> None:
    """Print where every row ended."""
    table = Table("source", "rows", "tokens", "linked", "refused", "in review")
    for column in table.columns[1:]:
        column.justify = "right"
    for source, counts in told["by_source"].items():
        stopped = (sum(counts[outcome].values()) for outcome in ("refused", "in_review"))
        table.add_row(
            source, *(f"{count:,}" for count in (counts["rows"], counts["token"], counts["linked"], *stopped))
        )
    console.print(table)
    for outcome in ("refused", "in_review", "shops", "problems"):
        said = ", ".join(f"{reason} {count:,}" for reason, count in told[outcome].items())
        console.print(f"{outcome.replace('_', ' ')}: {said or 'none'}")
    console.print(f"Reviews opened: {told['reviews']:,}. Results in {out}")


def _show_rows(name: str, rows: pa.Table) -> None:
    table = Table(title=f"{name} ({len(rows)} shown)", title_justify="left")
    shown = rows.drop_columns([column for column in HIDDEN if column in rows.column_names])
    for column in shown.column_names:
        table.add_column(column, overflow="fold")
    for row in shown.to_pylist():
        # As text: a bracket in a name is no markup.
        table.add_row(*(Text("" if value is None else str(value)) for value in row.values()))
    # A table without a column prints nothing, not even its title.
    Console(width=max(console.width, 160)).print(table if shown.column_names else table.title)
