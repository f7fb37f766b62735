"""The form of commodities.yaml: what the shops sell."""

from typing import Literal

from rasad.policy.packs import Form
from rasad.policy.rows import Code, Text


class Commodity(Form):
    """Something a shop sells: its name, how it is counted, and what it is milled from.

    `printed` is the document's own name where it is another; `nutrition` the programme that wants it.
    """

    code: Code
    name: Text
    kind: Literal["foodgrain", "sugar", "pulses", "oil", "salt"]
    counted_in: Literal["kg", "litre"] = "kg"
    made_of: Code | None = None
    is_fortified: bool = False
    nutrition: Text | None = None
    printed: str = ""
    ambiguity: dict[str, str] = {}


class CommodityFile(Form):
    """commodities.yaml."""

    commodities: tuple[Commodity, ...]
