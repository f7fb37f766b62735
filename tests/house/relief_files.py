"""The tables of docs/relief-files.md, made from the one table of columns.

`python -m tests.house.relief_files` writes them into the page.
"""

from rasad.pipelines.relief import columns
from rasad.pipelines.relief.columns import Column
from rasad.policy.relief import scheme
from tests.house.reading import ROOT

PAGE = ROOT / "docs" / "relief-files.md"
KINDS = {
    "text": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "date": "date",
}
HEAD = "| Column | Hindi | Kind | Needed | What it says |\n|---|---|---|---|---|"


def table(wanted: tuple[Column, ...]) -> str:
    """The columns as a Markdown table."""
    rows = [
        " | ".join(
            (f"| `{one.name}`", f"`{one.hindi}`", kind(one), "yes" if one.required else "", one.meaning)
        )
        + " |"
        for one in wanted
    ]
    return "\n".join([HEAD, *rows])


def kind(column: Column) -> str:
    """The kind in words, with the length after which text is cut."""
    return f"text, {column.longest}" if column.kind == "text" else KINDS[column.kind]


def own_columns(code: str) -> str:
    """The columns that the sources of a scheme have beside the shared ones."""
    rows = [
        f"| `{source.file}` | `{column.name}` | `{column.hindi.replace(' ', '_')}` | {KINDS[column.type]}"
        f" | {'yes' if column.required else ''} |"
        for source in scheme(code).sources
        for column in source.columns
    ]
    return "\n".join(["| Source | Column | Hindi | Kind | Needed |\n|---|---|---|---|---|", *rows])


def tables() -> dict[str, str]:
    """Each table of the page by the name that stands before it."""
    return {
        "families": table(columns.FAMILIES),
        "members": table(columns.MEMBERS),
        "own": own_columns("drt_2020"),
        "cards": table(columns.CARDS),
        "register-members": table(columns.REGISTER_MEMBERS),
        "shops": table(columns.SHOPS),
        "places": table(columns.PLACES),
    }


def with_tables(page: str) -> str:
    """The page with every table as it should be."""
    for name, wanted in tables().items():
        before, marker, rest = page.partition(f"<!-- {name} -->\n")
        _, gap, after = rest.partition("\n\n")
        page = before + marker + wanted + (gap + after if gap else "\n")
    return page


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
