"""`rasad policy diff`: what a draft of an order would change for every card of a register."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from rasad.pipelines.progress import shown


def diff(
    old: Annotated[Path, typer.Argument(help="The packs in force: a State's folder, or the folder of all.")],
    new: Annotated[Path, typer.Argument(help="The draft: a copy of the folder with the order's changes.")],
    register: Annotated[
        Path, typer.Option("--on", help="Folder with cards (and members), as CSV or Parquet.")
    ],
    month: Annotated[str, typer.Option(help="The month to compare, 2027-01.")],
    out: Annotated[Path, typer.Option(help="Folder for difference.csv, goods.csv and difference.html.")],
    state: Annotated[str, typer.Option(help="Code of the State, IN-HP.")] = "IN-HR",
    language: Annotated[str, typer.Option(help="Language of the page: en, hi or bn.")] = "en",
) -> None:
    """Who would gain and who would lose by a draft, before it is notified: by district and category."""
    # Imported here: Ibis, pyarrow and Django would slow down every other command.
    from rasad.wiring import templates

    templates()
    from rasad.pipelines.entitlements.difference import difference
    from rasad.portal.what_if import page
    from rasad.values.month import Month

    try:
        asked = Month.parse(month)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from wrong
    console = Console(stderr=True)
    out.mkdir(parents=True, exist_ok=True)
    with shown(console) as on_progress:
        found = difference(
            register,
            old=old,
            new=new,
            state=state,
            month=asked,
            scratch=out / "scratch",
            on_progress=on_progress,
        )
    _kept(
        found,
        register,
        out,
        page=partial(page, state=state, month=asked, old=old, new=new),
        language=language,
    )
    console.print(_table(found.groups.to_pylist()))
    console.print(
        f"{found.cards():,} cards: {found.cards('gains'):,} gain, {found.cards('loses'):,} lose, "
        f"{found.cards('mixed'):,} both, {found.cards('same'):,} stay as they are. Page: {out / 'difference.html'}"
    )


def _kept(found: Any, register: Path, out: Path, *, page: Callable[..., str], language: str) -> None:
    from django.utils.translation import override

    from rasad.pipelines.relief.results import csv

    csv(found.groups, out / "difference.csv")
    csv(found.goods, out / "goods.csv")
    with override(language):
        html = page(found, districts=districts_of(register, out))
    (out / "difference.html").write_text(html, encoding="utf-8")


def districts_of(register: Path, out: Path) -> dict[str, str]:
    """The names of districts by their codes, where the register brings its places."""
    from rasad.pipelines.relief import columns, files
    from rasad.values.refused import Refused

    try:
        opened = files.opened(register, "places", columns.REGISTER["places"], keep_in=out / "scratch")
    except Refused:
        return {}
    import pyarrow.parquet as pq

    told = pq.read_table(opened.parquet, columns=[opened.headings[name] for name in ("kind", "code", "name")])
    kinds, codes, names = (column.to_pylist() for column in told.columns)
    return {code: name for kind, code, name in zip(kinds, codes, names, strict=True) if kind == "district"}


def _table(rows: list[dict[str, int | str | None]]) -> Table:
    table = Table("district", "category", *("gain", "lose", "both", "same"), "kg more", "rupees more")
    for row in rows:
        kilograms = (int(row["grams_new"] or 0) - int(row["grams_old"] or 0)) / 1000
        rupees = (int(row["paise_new"] or 0) - int(row["paise_old"] or 0)) / 100
        counts = (f"{row[name]:,}" for name in ("gains", "loses", "mixed", "same"))
        table.add_row(
            str(row["district"] or "–"),
            str(row["category"]),
            *counts,
            f"{kilograms:+,.1f}",
            f"{rupees:+,.2f}",
        )
    return table
