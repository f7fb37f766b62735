"""A table of people as the matcher compares them, whatever its columns are called and however it writes dates.

The columns it may be told of: person and name, first_name, surname, guardian, born, birth_year, age, sex, place,
district, mobile, email, address, street_number, postcode, id_number. Names are taken apart once for each distinct
field (parts.py); places and addresses are written plainly once for each distinct text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from rasad.pipelines.people import parts
from rasad.pipelines.people.births import births
from rasad.pipelines.people.sounds import spelling
from rasad.values.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import ibis.expr.types as ir

    from rasad.pipelines.engine import Engine

# Columns that may be told of, each with the form it is compared in.
ROLES = (
    "name", "first_name", "surname", "guardian", "born", "birth_year", "age", "sex", "place", "district", "mobile",
    "email", "address", "street_number", "postcode", "id_number",
)  # fmt: skip
_NAMES = {
    "first": ("first", "first_key", "first_gaps", "joined_key", "joined_gaps", "alias_key"),
    "last": ("last", "last_key", "last_gaps"),
}
_SIXTY_TWO_BITS = 2**62 - 1
_NOT_WORD = re.compile(r"[^\w]+")
_MALE = ("m", "male", "man", "पुरुष", "पु", "পুরুষ", "ਮਰਦ", "h")
# What is written where there is no telephone.
_NOBODYS = [*(digit * 10 for digit in "0123456789"), "1234567890", "9876543210"]
_FEMALE = ("f", "female", "woman", "w", "महिला", "स्त्री", "মহিলা", "ਔਰਤ")


def readied(
    engine: Engine, tables: Sequence[ir.Table], columns: Sequence[Mapping[str, str]], *, year: int, name: str
) -> list[ir.Table]:
    """Each table with `person`, a `number` and the columns the matcher compares; `columns` says what holds what.

    Numbers are of these tables only: above zero, of the first of two tables below. `year` is the year in which an
    age was written down. Raises Refused: person_not_told, person_twice.
    """
    plain = [_plain(table, mine, year=year) for table, mine in zip(tables, columns, strict=True)]
    keys = engine.keep(
        parts.keyed(_distinct(plain, ("name", "surname", "guardian"))),
        engine.scratch / f"{name}_name_fields.parquet",
    )
    texts = engine.keep(
        _spelt(_distinct(plain, ("place", "district", "address"))), engine.scratch / f"{name}_texts.parquet"
    )
    days = engine.keep(births(_distinct(plain, ("born",))), engine.scratch / f"{name}_births.parquet")
    told = []
    for at, table in enumerate(plain):
        ready = _with_texts(_with_names(_with_births(table, days), keys), texts)
        # The same on every day: what is drawn by chance is drawn by it.
        number = (ready.person.cast("string").hash() & _SIXTY_TWO_BITS) + 1
        ready = ready.mutate(number=-number if len(plain) > 1 and at == 0 else number)
        told.append(_checked(engine.hold(ready, f"{name}_{at}_ready")))
    return told


def _checked(table: ir.Table) -> ir.Table:
    """The table, where each row has a person of its own. Two persons of one number: once in a million such tables."""
    rows, known, each = table.count(), table.person.count(), table.number.nunique()
    told = table.aggregate(rows=rows, known=known, each=each).to_pyarrow().to_pylist()[0]
    if told["known"] < told["rows"]:
        raise Refused("person_not_told", rows=told["rows"] - told["known"])
    if told["each"] < told["rows"]:
        often = table.group_by("person").aggregate(rows=lambda one: one.count())
        first = often.order_by(ibis.desc("rows"), "person").limit(1).to_pyarrow().to_pylist()[0]
        raise Refused("person_twice", person=str(first["person"]), rows=first["rows"])
    return table


def _distinct(tables: Sequence[ir.Table], names: Sequence[str]) -> list[str]:
    """Every text that stands in these columns, once."""
    columns = [table[name] for table in tables for name in names if name in table.columns]
    if not columns:
        return []
    told = ibis.union(*(column.name("field").as_table().distinct() for column in columns), distinct=True)
    return [field for field in told.to_pyarrow()["field"].to_pylist() if field]


def _spelt(texts: Iterable[str]) -> pa.Table:
    """Each text with its words spelt plainly, in whatever script."""
    told = list(texts)
    plainly = [" ".join(filter(None, map(_word, _NOT_WORD.split(text)))) or text.lower() for text in told]
    return pa.table({"text": pa.array(told, pa.string()), "spelt": pa.array(plainly, pa.string())})


def _word(word: str) -> str:
    return word if word.isdigit() else spelling(word) or word.lower()


def _plain(table: ir.Table, columns: Mapping[str, str], *, year: int) -> ir.Table:
    def text(role: str) -> ir.StringValue:
        return table[columns[role]].cast("string").strip().nullif("")

    told: dict[str, ir.Value] = {"person": table[columns["person"]]}
    for role in ("guardian", "place", "district", "address", "surname"):
        if role in columns:
            told[role] = text(role)
    if "name" in columns or "first_name" in columns:
        told["name"] = text("first_name" if "first_name" in columns else "name")
    for role, form in _FORMS.items():
        if role in columns:
            told[role] = form(text(role))
    years = []
    if "birth_year" in columns:
        years.append(table[columns["birth_year"]].cast("int32"))
    if "age" in columns:
        years.append(year - table[columns["age"]].cast("int32"))
    if "born" in columns:
        told["born"] = text("born")
        # What is left to say the year where the day does not.
        years.append(ibis.null("int32"))
    if years:
        told["birth_year"] = ibis.coalesce(*years)
        told.setdefault("born", ibis.null("string"))
    return table.select(**told)


def _digits(value: ir.StringValue) -> ir.StringValue:
    return value.re_replace("[^0-9]", "").nullif("")


def _with_births(table: ir.Table, births: ir.Table) -> ir.Table:
    """Days as eight digits, and the year of the day before any other."""
    if "born" not in table.columns:
        return table
    told = table.left_join(births, table.born == births.born_text)
    return told.mutate(born=told.born_day, birth_year=ibis.coalesce(told.born_year, told.birth_year)).drop(
        "born_text", "born_day", "born_year"
    )


def _sex(value: ir.StringValue) -> ir.StringValue:
    said = value.lower()
    return ibis.cases((said.isin(_MALE), "m"), (said.isin(_FEMALE), "f"), else_=ibis.null("string"))


def _mobile(value: ir.StringValue) -> ir.StringValue:
    last = ibis.ifelse(value.length() == 10, value, value.re_replace("[^0-9]", "")).right(10)
    return ibis.ifelse((last.length() == 10) & last.notin(_NOBODYS), last, ibis.null("string"))


_FORMS: dict[str, Callable[[ir.StringValue], ir.StringValue]] = {
    "sex": _sex,
    "mobile": _mobile,
    "email": lambda value: value.lower(),
    "street_number": lambda value: value.lower(),
    "postcode": lambda value: value.lower(),
    "id_number": lambda value: value.lower().re_replace("[ -]", "").nullif(""),
}


def _with_names(table: ir.Table, keys: ir.Table) -> ir.Table:
    told = table
    if "name" in told.columns:
        mine = keys.rename(name_field="field", said_guardian="guardian", said_last="last", said_last_key="last_key",
                           said_last_gaps="last_gaps")  # fmt: skip
        told = told.left_join(mine, told.name == mine.name_field).drop("name", "name_field")
        told = _surname(told, keys)
        told = _guardian(told, keys)
    return told


def _surname(table: ir.Table, keys: ir.Table) -> ir.Table:
    if "surname" not in table.columns:
        return table.rename(last="said_last", last_key="said_last_key", last_gaps="said_last_gaps")
    # A field of surnames holds one mostly; of two the last counts, of Devi alone nothing.
    theirs = keys.select(
        surname_field=keys.field,
        last=ibis.coalesce(keys["last"], keys["first"]),
        last_key=ibis.coalesce(keys.last_key, keys.first_key),
        last_gaps=ibis.coalesce(keys.last_gaps, keys.first_gaps),
    )
    told = table.left_join(theirs, table.surname == theirs.surname_field)
    return told.drop("surname", "surname_field", "said_last", "said_last_key", "said_last_gaps")


def _guardian(table: ir.Table, keys: ir.Table) -> ir.Table:
    said = table.said_guardian
    given = ibis.coalesce(table.guardian, said) if "guardian" in table.columns else said
    told = table.mutate(guardian=given).drop("said_guardian")
    theirs = keys.select(
        guardian_field=keys.field,
        guard=keys["first"],
        guard_key=keys.first_key,
        guard_gaps=keys.first_gaps,
        guard_joined_key=keys.joined_key,
        guard_joined_gaps=keys.joined_gaps,
        guard_last=keys["last"],
        guard_last_key=keys.last_key,
        guard_last_gaps=keys.last_gaps,
    )
    told = told.left_join(theirs, told.guardian == theirs.guardian_field)
    # Who writes no surname has her father's or husband's.
    parts_of_last = ("last", "last_key", "last_gaps")
    told = told.mutate(**{part: ibis.coalesce(told[part], told[f"guard_{part}"]) for part in parts_of_last})
    return told.drop("guardian", "guardian_field", *(f"guard_{part}" for part in parts_of_last))


def _with_texts(table: ir.Table, texts: ir.Table) -> ir.Table:
    told = table
    for column in ("place", "district", "address"):
        if column in table.columns:
            mine = texts.select(**{f"{column}_text": texts.text, f"{column}_spelt": texts.spelt})
            told = told.left_join(mine, told[column] == mine[f"{column}_text"])
            told = told.drop(column, f"{column}_text").rename(**{column: f"{column}_spelt"})
    return told
