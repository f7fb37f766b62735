"""`rasad people`: which records of two files, or of one, are probably one person."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from rasad.pipelines.choices import EngineChoice

if TYPE_CHECKING:
    from rasad.pipelines.people.match import Asked, Found

app = typer.Typer(no_args_is_help=True, help="Who is who: records that are probably one person.")
SHOWN = 10


@app.callback()
def people() -> None:
    """Who is who: records that are probably one person."""


@app.command("match")
def match(
    left: Annotated[Path, typer.Argument(help="CSV or Parquet with one person a row.")],
    right: Annotated[
        Path | None,
        typer.Argument(help="A second file to look them up in; without it the first with itself."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for pairs.csv.")] = Path("matched"),
    explain: Annotated[bool, typer.Option(help="Show the first pairs with their reasons.")] = False,
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="What a column holds where its heading does not say it: guardian='Father of member'."
        ),
    ] = None,
    judged: Annotated[
        Path | None,
        typer.Option(help="CSV with left, right and judgement (same or other) of pairs people decided."),
    ] = None,
    same_from: Annotated[float, typer.Option(help="Weight from which two are the same person.")] = 12.0,
    perhaps_from: Annotated[float, typer.Option(help="Weight from which a person should look.")] = 0.0,
    most_alike: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, help="Share of the first file that may be doubles; 0.5, or 1 for two files."
        ),
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the reasons shown: en, hi or bn.")] = "en",
    year: Annotated[int | None, typer.Option(help="Year in which ages were written down; this year.")] = None,
    engine: Annotated[EngineChoice, typer.Option(help="DuckDB or Spark.")] = EngineChoice.DUCKDB,
    memory: Annotated[str, typer.Option(help="What DuckDB may take before it uses the disk.")] = "3GB",
) -> None:
    """Weigh who of two files, or of one, is probably one person. Nothing is merged: a person decides."""
    # Imported here: Ibis, pyarrow and Splink would slow down every other command.
    from rasad.pipelines.people import files
    from rasad.pipelines.people.batch import Limits
    from rasad.pipelines.people.match import Asked

    if language not in ("en", "hi", "bn"):
        raise typer.BadParameter("en, hi or bn", param_hint="--language")
    most = most_alike if most_alike is not None else 0.5 if right is None else 1.0
    asked = Asked(
        paths=(left,) if right is None else (left, right),
        year=year or datetime.now().astimezone().year,
        called=files.told_by_hand(column or []),
        limits=Limits(same=same_from, perhaps=perhaps_from, most_alike=most),
        judged=judged,
    )
    _run(asked, out, engine, memory, language if explain else None)


def _run(asked: "Asked", out: Path, engine: EngineChoice, memory: str, explain_in: str | None) -> None:
    from rasad.pipelines import progress
    from rasad.pipelines.engine import Engine
    from rasad.pipelines.people.match import match as matched

    console = Console(stderr=True)
    running = Engine(engine.value, scratch=out / ".scratch", memory=memory)
    try:
        with progress.shown(console) as on_progress:
            found = matched(running, asked, out=out, on_progress=on_progress)
        if explain_in:
            _explain(found, explain_in, console)
    finally:
        running.close()
    told = found.counts
    console.print(
        f"{told['same']:,} pairs the same, {told['perhaps']:,} perhaps, of {found.rows:,} rows; {out / 'pairs.csv'}"
    )


def _explain(found: "Found", language: str, console: Console) -> None:
    import ibis

    from rasad.pipelines.people.match import why
    from rasad.pipelines.people.reasons import LANGUAGES

    shown = Table("left", "right", "weight", "verdict", "why")
    first = found.pairs.order_by(ibis.desc("weight"), "left", "right").limit(SHOWN)
    for row in first.to_pyarrow().to_pylist():
        reasons = why(row, found.comparisons)[LANGUAGES.index(language)]
        shown.add_row(row["left"], row["right"], str(row["weight"] or ""), row["verdict"], reasons)
    console.print(shown)
