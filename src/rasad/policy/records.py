"""Who may see which records of a shop, and at what fee."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, StrictBool

from rasad.policy.jurisdiction import folder_of
from rasad.policy.packs import Form, read
from rasad.policy.rows import Code, Exact, Row, Text
from rasad.values.quantities import Paise, paise
from rasad.values.reason import Reason
from rasad.values.refused import Refused

NAME = "records.yaml"


class RecordAccess(Row):
    """A record that may be seen for a fee, by the clause of an order."""

    value: Exact
    unit: Literal["Rs per request"]
    clause: str
    order: str
    scope: Code
    any_person: StrictBool
    name: Text


class Register(Row):
    """A register of a shop that those attached to it may see."""

    code: Literal["stock", "sales", "ration_card"] = Field(alias="register")
    name: Text


class RecordFile(Form):
    """records.yaml."""

    access: RecordAccess | None = None
    registers: tuple[Register, ...] = ()


@dataclass(frozen=True)
class Access:
    """What may be seen, what it costs, and by which rows. Names and numbers of persons are masked for all."""

    registers: tuple[Register, ...]
    fee: Paise
    personal_data: Literal["masked"]
    reasons: tuple[Reason, ...]


def access_for_fee(state: str, *, paid: Paise) -> Access:
    """Anyone sees a shop's record of distribution for the fee. Refused: no_record_rule, record_fee_unpaid."""
    rule = records(state).access
    if rule is None:
        raise Refused("no_record_rule", state=state)
    fee = paise(rule.value)
    if paid < fee:
        raise Refused(
            "record_fee_unpaid", fee=f"{rule.value.normalize():f}", clause=rule.clause, order=rule.order
        )
    return Access(
        (), fee, "masked", (rule.because("record_access", fee=str(rule.value), clause=rule.clause),)
    )


def access_of_holder(state: str, *, is_attached: bool) -> Access:
    """A card holder attached to the shop sees its registers. Refused: no_record_rule, registers_not_attached."""
    rows = records(state).registers
    if not rows:
        raise Refused("no_record_rule", state=state)
    if not is_attached:
        raise Refused("registers_not_attached", **_facts(rows[0]))
    return Access(
        rows, Paise(0), "masked", tuple(row.because("register_open", register=row.name) for row in rows)
    )


def records(state: str) -> RecordFile:
    """The rules on records of a State. Raises Refused("unknown_jurisdiction" or "bad_pack")."""
    return _records(folder_of(state) / NAME)


def _facts(row: Register) -> dict[str, object]:
    return {"rule": row.id, "document": row.source.file, "quotation": row.source.quotation}


@cache
def _records(path: Path) -> RecordFile:
    return read(path, RecordFile)
