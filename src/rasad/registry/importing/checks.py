"""What a file says by itself: every value read as its form, and what could not be, by line and column."""

from collections.abc import Sequence
from datetime import date

import duckdb

from rasad.registry.importing import misplaced
from rasad.registry.importing.columns import Column

# Day before month, as offices in India write it; year first, as machines do.
_DATES = [
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
    "%d-%b-%Y",
    "%d %b %Y",
    "%Y-%m-%d %H:%M:%S",
]
_EARLIEST = date(1880, 1, 1)
_LATEST = date(2200, 1, 1)
# A value that a spreadsheet would run as a formula. It is text here, is kept as text, and is told.
_FORMULA = "^([=@]|[+-][A-Za-z(])"
_DAMAGED = "chr(65533)"
# What is wrong when something stands in a column of this form and cannot be read as it.
_WRONG = {
    "text": "too_long",
    "code": "bad_code",
    "choice": "unknown_word",
    "date": "impossible_date",
    "integer": "bad_number",
    "number": "outside_india",
    "mobile": "bad_mobile",
    "aadhaar": "bad_aadhaar",
    "reference": "bad_reference",
}


def value_of(column: Column, *, today: date) -> str:
    """The SQL expression for a column of table `raw` as its form; null where nothing usable stands."""
    text = column.name
    unspaced = f"regexp_replace({text}, '[ ()-]', '', 'g')"
    match column.form:
        case "date":
            last = today if column.past else _LATEST
            day = f"try_strptime({text}, {_DATES!r})::DATE"
            return f"CASE WHEN {day} BETWEEN DATE '{_EARLIEST}' AND DATE '{last}' THEN {day} END"
        case "integer" | "number":
            number = f"try_cast(replace({text}, ',', '') AS DOUBLE)"
            most = today.year if column.past else column.most
            fits = f"{number} BETWEEN {column.least} AND {most}"
            if column.form == "number":
                return f"CASE WHEN {fits} THEN {number} END"
            return f"CASE WHEN {fits} AND {number} = floor({number}) THEN {number}::INTEGER END"
        case "mobile":
            bare = f"regexp_replace({unspaced}, '^(\\+?91|0)(\\d{{10}})$', '\\2')"
            return f"CASE WHEN regexp_full_match({bare}, '[6-9]\\d{{9}}') THEN {bare} END"
        case "aadhaar":
            return f"CASE WHEN regexp_full_match({unspaced}, '[2-9]\\d{{11}}') THEN {unspaced} END"
        case "reference":
            return f"CASE WHEN regexp_full_match({text}, '[0-9a-fA-F]{{64}}') THEN lower({text}) END"
        case "choice":
            return f"CASE {' '.join(_choice(text, code, words) for code, words in column.choices)} END"
        case "code":
            code = f"replace({text}, ' ', '')"
            fits = f"regexp_full_match({code}, '[A-Za-z0-9/_-]+') AND length({code}) <= {column.longest}"
            return f"CASE WHEN {fits} THEN {code} END"
        case "text":
            fits = f"length({text}) <= {column.longest} AND NOT contains({text}, {_DAMAGED})"
            return f"CASE WHEN {fits} THEN {text} END"


def _choice(text: str, code: str, words: tuple[str, ...]) -> str:
    spellings = ", ".join(f"'{word.lower()}'" for word in (code, *words))
    return f"WHEN lower({text}) IN ({spellings}) THEN '{code}'"


def values(columns: Sequence[Column], *, today: date) -> str:
    """The list of a SELECT that gives every column of table `raw` as its form, by its name."""
    return ", ".join(f"{value_of(column, today=today)} AS {column.name}" for column in columns)


def check(
    link: duckdb.DuckDBPyConnection, columns: Sequence[Column], *, key: Sequence[str], today: date
) -> None:
    """Make tables `problems` and `refused` (positions of rows left out) from table `raw`.

    A row whose key stood on an earlier good row is refused.
    """
    link.execute(
        "CREATE TABLE problems"
        " (position BIGINT, file_line BIGINT, name VARCHAR, code VARCHAR, shown VARCHAR, refuses BOOLEAN)"
    )
    for column in columns:
        missing = "WHEN t IS NULL THEN 'value_missing'" if column.required else "WHEN t IS NULL THEN NULL"
        formula = f"WHEN regexp_matches(t, '{_FORMULA}') THEN 'formula'" if column.form == "text" else ""
        link.execute(
            f"""
            INSERT INTO problems
            SELECT position, file_line, '{column.name}', code, left(t, 200),
                   code <> 'formula' AND {column.refuses}
            FROM (
                SELECT *, CASE {missing} WHEN contains(t, {_DAMAGED}) THEN 'unreadable'
                          WHEN v IS NULL THEN '{_WRONG[column.form]}' {formula} END AS code
                FROM (SELECT position, file_line, {column.name} AS t,
                             {value_of(column, today=today)} AS v FROM raw)
            ) WHERE code IS NOT NULL
            """  # noqa: S608  names and forms come from the table of columns
        )
    misplaced.take_out(link, columns)
    parts = [column for column in columns if column.name in key]
    link.execute(
        f"""
        CREATE TABLE refused AS SELECT DISTINCT position FROM problems WHERE refuses;
        CREATE TABLE keyed AS
            SELECT position, file_line, {values(parts, today=today)} FROM raw
            WHERE position NOT IN (SELECT position FROM refused);
        INSERT INTO problems
        SELECT position, file_line, '{key[0]}', 'key_twice', first::VARCHAR, true
        FROM keyed JOIN (
            SELECT {", ".join(key)}, min(position) AS first_position, arg_min(file_line, position) AS first
            FROM keyed GROUP BY {", ".join(key)} HAVING count(*) > 1
        ) USING ({", ".join(key)})
        WHERE position > first_position;
        INSERT INTO refused SELECT position FROM problems WHERE code = 'key_twice';
        DROP TABLE keyed;
        """  # noqa: S608  as above
    )


def put_in_order(link: duckdb.DuckDBPyConnection, rank: str) -> list[int]:
    """Sort table `raw` by a rank, then as in the file; the number of rows of each rank, in order."""
    link.execute(
        f"""
        CREATE OR REPLACE TABLE raw AS
        SELECT row_number() OVER (ORDER BY {rank}, position) - 1 AS position, * EXCLUDE (position)
        FROM raw ORDER BY 1
        """  # noqa: S608  the rank is ours
    )
    counts = link.execute(f"SELECT count(*) FROM raw GROUP BY {rank} ORDER BY {rank}").fetchall()  # noqa: S608
    return [int(count) for (count,) in counts]
