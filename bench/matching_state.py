"""A made-up state as two tables of people, those who ask and those on cards, and who of them are one person."""

from pathlib import Path

import duckdb

# People on cards in a made-up state of scale 1.
PEOPLE = 5_441_000
SOURCES = ("mmpsy", "saral", "local_committee", "cm_twitter")
YEAR = 2020
_NAMES = ("person", "name", "guardian", "sex", "born", "birth_year", "mobile", "place", "district")
COLUMNS = {name: name for name in _NAMES}


def tables(home: Path, *, left: int, right: int) -> Path:
    """The folder with left.parquet, right.parquet and truth.parquet (left, right), made once."""
    folder = home / f"matching-{left}-{right}"
    if (folder / "truth.parquet").exists():
        return folder
    scale = max(right / PEOPLE * 1.03, 0.0005)
    state = home / f"matching-state-{right}"
    if not (state / "truth").exists():
        from rasad.pipelines.synth.state import write_state

        write_state(state, scale=scale, seed=7, identity="references")
    folder.mkdir(parents=True, exist_ok=True)
    _write(state, folder, left, right)
    return folder


def _write(state: Path, folder: Path, left: int, right: int) -> None:
    asking = " UNION ALL ".join(
        f"""SELECT '{source}' AS source, m.reference, m.line, m.name, m.guardian_name AS guardian, m.sex, m.born_on,
            coalesce(year(m.born_on), {YEAR} - m.age) AS birth_year, m.mobile, f.place, f.district
        FROM read_parquet('{state}/sources/{source}.members.parquet') m
        JOIN (SELECT reference, any_value(place) AS place, any_value(district) AS district
              FROM read_parquet('{state}/sources/{source}.families.parquet') GROUP BY 1) f USING (reference)"""
        for source in SOURCES
    )
    with duckdb.connect() as link:
        link.execute(
            f"""CREATE TABLE asking AS SELECT row_number() OVER (ORDER BY h, source, line) AS n, * FROM
            (SELECT *, hash(source || reference) AS h FROM ({asking}) ORDER BY h, source, line LIMIT {left})"""
        )
        link.execute(
            f"""CREATE TABLE held AS SELECT row_number() OVER (ORDER BY h, card_number, line) AS n, * FROM
            (SELECT m.card_number, m.line, m.name, m.guardian_name AS guardian, m.sex, m.born_on, m.birth_year,
                m.mobile, c.place, c.district, hash(m.card_number) AS h
            FROM read_parquet('{state}/register/members.parquet') m
            JOIN (SELECT card_number, any_value(place) AS place, any_value(district) AS district
                  FROM read_parquet('{state}/register/cards.parquet') GROUP BY 1) c USING (card_number)
            ORDER BY h, m.card_number, m.line LIMIT {right})"""
        )
        shown = """name, guardian, sex, strftime(born_on, '%Y-%m-%d') AS born, birth_year::INT AS birth_year, mobile,
            place, district"""
        link.execute(f"COPY (SELECT 'a' || n AS person, {shown} FROM asking) TO '{folder}/left.parquet'")
        link.execute(f"COPY (SELECT 'r' || n AS person, {shown} FROM held) TO '{folder}/right.parquet'")
        link.execute(
            f"""COPY (SELECT DISTINCT 'a' || a.n AS "left", 'r' || h.n AS "right"
            FROM asking a
            JOIN read_parquet('{state}/truth/people.parquet') p
              ON p.source = a.source AND p.reference = a.reference AND p.line = a.line
            JOIN read_parquet('{state}/truth/register.parquet') k USING (person)
            JOIN held h ON h.card_number = k.card_number AND h.line = k.line) TO '{folder}/truth.parquet'"""
        )
