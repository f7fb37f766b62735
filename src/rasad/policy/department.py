"""The department of a State: its names, the officers it publishes, its helplines on a day."""

from datetime import date
from functools import cache
from pathlib import Path

from rasad.policy.contacts import Contact
from rasad.policy.jurisdiction import About, jurisdiction
from rasad.policy.packs import Form, file_of, read
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


def department(state: str) -> Department:
    """The department of a State by the folder of its pack. Raises Refused("bad_pack")."""
    return _department(file_of(state, "department.yaml"))


def code_of(state: str) -> str:
    """The code of a State, IN-HR, by the folder of its pack."""
    return _about(file_of(state, "about.yaml")).code


def helplines(state: str, *, on: date) -> tuple[Contact, ...]:
    """Whom a family of the State can call on a day, the ration helpline first."""
    return in_force(_contacts(state), on=on, subject="helpline")


@cache
def _department(file: Path) -> Department:
    return read(file, Department)


def _contacts(state: str) -> tuple[Contact, ...]:
    return jurisdiction(code_of(state)).contacts


@cache
def _about(file: Path) -> About:
    return read(file, About)
