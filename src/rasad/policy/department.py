"""The department of a State: its names, the officers it publishes, its helplines on a day."""

from datetime import date
from functools import cache

from rasad.policy.jurisdiction import About, Contact, jurisdiction
from rasad.policy.packs import PACKS, Form, read
from rasad.policy.rows import Quotation, Text, in_force


class Officer(Form):
    """An officer of the department whom people may turn to."""

    title: Text
    source: Quotation


class Department(Form):
    """department.yaml."""

    name: Text
    government: Text
    source: Quotation
    officers: tuple[Officer, ...]


@cache
def department(state: str) -> Department:
    """The department of a State by the folder of its pack. Raises Refused("bad_pack")."""
    return read(PACKS / state / "department.yaml", Department)


def helplines(state: str, *, on: date) -> tuple[Contact, ...]:
    """Whom a family of the State can call on a day, the ration helpline first."""
    return in_force(_contacts(state), on=on, subject="helpline")


@cache
def _contacts(state: str) -> tuple[Contact, ...]:
    return jurisdiction(read(PACKS / state / "about.yaml", About).code).contacts
