"""The form of contacts.yaml: whom to call."""

from typing import Literal

from pydantic import Field

from rasad.policy.packs import Form
from rasad.policy.rows import Row, Text


class Contact(Row):
    """Whom to call: a helpline and its numbers."""

    value: tuple[str, ...] = Field(min_length=1)
    unit: Literal["telephone"]
    name: Text
    toll_free: bool


class ContactFile(Form):
    """contacts.yaml."""

    rows: tuple[Contact, ...]
