"""The form of categories.yaml: the kinds of card."""

from typing import Self

from pydantic import model_validator

from rasad.policy.packs import Form, MisplacedError
from rasad.policy.rows import Code, Row, Text, refuse_overlaps


class Category(Row):
    """A kind of card. A category that inherits has no quantities of its own: it follows another's."""

    value: Code
    name: Text
    parent: Code | None = None
    nfsa: bool
    inherits: Code | None = None
    # Which column of a price list in columns is its own.
    price_group: Code | None = None
    # The scheme whose grain it has, where it has any.
    programme: Code | None = None
    note: str = ""


class CategoryFile(Form):
    """categories.yaml."""

    rows: tuple[Category, ...]

    @model_validator(mode="after")
    def _known(self) -> Self:
        codes = {row.value for row in self.rows}
        for number, row in enumerate(self.rows):
            for field, other in (("parent", row.parent), ("inherits", row.inherits)):
                if other and other not in codes:
                    raise MisplacedError(
                        f"no category {other} is written in this file", "rows", number, field
                    )
        refuse_overlaps(self.rows, [frozenset([row.value]) for row in self.rows], "rows")
        return self
