"""The same scales of Haryana and Himachal Pradesh in OpenFisca-Core.

Written from the two documents, not from our packs: that both give the same grams and paise says something.
Whole grams, millilitres and paise in 32-bit integers; its own floats would lose paise. Parameters are looked
up by category as its documentation shows, `scale.card[category]`; `tuned` selects with NumPy instead, which its
users seldom write and which is several times as fast.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

CARD = build_entity(key="card", plural="cards", label="Ration card", is_person=True)
BEGINS = {"IN-HR": "2013-09-10", "IN-HP": "2022-05-01"}
# Grams a card, grams a member, paise a kilogram.
HARYANA = {
    "wheat": {"AAY": (35000, 0, 200), "CBPL": (0, 5000, 200), "SBPL": (0, 5000, 200), "OPH": (0, 5000, 200)},
    "pulses": dict.fromkeys(("AAY", "CBPL", "SBPL", "OPH"), (2500, 0, 2000)),
}
NFSA, APL, TAXPAYER = ("AAY", "PHH", "BPL"), ("APL",), ("APLT",)


def _columns(grams: int, nfsa: int, apl: int, taxpayer: int) -> dict[str, tuple[int, int, int]]:
    told = ((NFSA, nfsa), (APL, apl), (TAXPAYER, taxpayer))
    return {category: (grams, 0, price) for categories, price in told for category in categories}


HIMACHAL = {
    "wheat": {"AAY": (20000, 0, 200), "PHH": (0, 3000, 200), "BPL": (0, 3000, 200), "APL": (11000, 0, 760),
              "APLT": (11000, 0, 760)},
    "atta": {"AAY": (18800, 0, 320), "PHH": (0, 2800, 320), "BPL": (0, 2800, 320), "APL": (11000, 0, 930),
             "APLT": (11000, 0, 930)},
    "rice": {"AAY": (15000, 0, 300), "PHH": (0, 2000, 300), "BPL": (0, 2000, 300), "APL": (6000, 0, 1000),
             "APLT": (6000, 0, 1000), "APY": (0, 10000, 0)},
    "sugar": {"AAY": (0, 500, 1300), "PHH": (0, 500, 1300), "BPL": (0, 500, 1300), "APL": (0, 500, 3000),
              "APLT": (0, 500, 4100)},
    "dal_urd_sabut": _columns(1000, 5400, 6400, 8800),
    "dal_channa": _columns(1000, 3300, 4300, 6500),
    "dal_malka": _columns(1000, 6000, 7000, 9400),
    "moong_sabut": _columns(1000, 5600, 6600, 9000),
    "soya_refined_oil": _columns(0, 12200, 12700, 14400),
    "mustard_oil": _columns(0, 15100, 15600, 17500),
    "double_fortified_salt": _columns(1000, 800, 800, 1600),
}  # fmt: skip
TRIBAL = {"wheat": 20000, "atta": 20000, "rice": 15000}
BPL_EXTRA = {
    "wheat_bpl": ([17000, 14000, 11000, 8000, 5000, 2000], 525),
    "rice_bpl": ([13000, 11000, 9000, 7000, 5000, 3000], 685),
}
TOP_UP = {"wheat_topup": (3000, 760), "atta_topup": (3000, 930), "rice_topup": (2000, 1000)}
LINES = {"IN-HR": list(HARYANA), "IN-HP": [*HIMACHAL, *BPL_EXTRA, *TOP_UP]}


def system(state: str, *, tuned: bool = False) -> TaxBenefitSystem:
    """The tax and benefit system of one State."""
    scales = HARYANA if state == "IN-HR" else HIMACHAL
    codes = sorted({category for scale in scales.values() for category in scale})
    categories = Enum("Category", {code: code for code in codes})
    begins = BEGINS[state]
    built = TaxBenefitSystem([CARD])
    built.parameters = ParameterNode("", data=_parameters(scales, begins))
    for name, fields in {
        "category": {
            "value_type": Enum,
            "possible_values": categories,
            "default_value": categories[codes[0]],
        },
        "members": {"value_type": int},
        "tribal_area": {"value_type": bool},
        "takes_atta": {"value_type": bool},
    }.items():
        built.add_variable(type(name, (Variable,), {"entity": CARD, "definition_period": MONTH, **fields}))
    for line in LINES[state]:
        for variable in _variables(line, codes, categories, tuned):
            built.add_variable(variable)
    return built


def _parameters(scales: dict[str, Any], begins: str) -> dict[str, Any]:
    def dated(value: Any) -> dict[str, Any]:
        return {"values": {begins: {"value": value}}}

    codes = {category for scale in scales.values() for category in scale}
    told: dict[str, Any] = {
        commodity: {
            name: {code: dated(scale.get(code, (0, 0, 0))[place]) for code in codes}
            for place, name in enumerate(("card", "member", "price"))
        }
        for commodity, scale in scales.items()
    }
    told["tribal"] = {commodity: dated(grams) for commodity, grams in TRIBAL.items()}
    told["bpl"] = {
        name: {"price": dated(price), **{f"size{n}": dated(g) for n, g in enumerate(table, 1)}}
        for name, (table, price) in BPL_EXTRA.items()
    }
    told["topup"] = {name: {"grams": dated(g), "price": dated(p)} for name, (g, p) in TOP_UP.items()}
    return told


def _variables(line: str, codes: list[str], categories: Any, tuned: bool) -> list[type[Variable]]:
    if line in TOP_UP:
        quantity, price = _top_up(line, categories)
    elif line in BPL_EXTRA:
        quantity, price = _bpl_extra(line, categories)
    else:
        quantity, price = _scale(line, codes, categories, tuned)

    def amount(card: Any, period: Any) -> Any:
        grams, paise = card(f"{line}_quantity", period), card(f"{line}_price", period)
        # Half up: no quantity and no price is below zero.
        return (grams.astype(np.int64) * paise + 500) // 1000

    given = {"value_type": int, "entity": CARD, "definition_period": MONTH}
    formulas = {"quantity": quantity, "price": price, "amount": amount}
    return [
        type(f"{line}_{name}", (Variable,), {**given, "formula": formula})
        for name, formula in formulas.items()
    ]


def _scale(line: str, codes: list[str], categories: Any, tuned: bool) -> tuple[Any, Any]:
    def by(node: Any, category: Any) -> Any:
        if not tuned:
            return node[category]
        return np.select([category == categories[code] for code in codes], [node[code] for code in codes], 0)

    def quantity(card: Any, period: Any, parameters: Any) -> Any:
        scale, category, members = (
            getattr(parameters(period), line),
            card("category", period),
            card("members", period),
        )
        found = by(scale.card, category) + by(scale.member, category) * members
        if line.endswith("_oil"):
            return np.where(category == categories.APY, 0, np.where(members <= 2, 1000, 2000))
        if line == "sugar":
            found = np.where((category == categories.AAY) & (members == 1), 1000, found)
        if "APL" in codes and line in TRIBAL:
            is_apl = (category == categories.APL) | (category == categories.APLT)
            there = card("tribal_area", period) & is_apl
            found = np.where(there, getattr(parameters(period).tribal, line), found)
        if "APL" in codes and line in ("wheat", "atta"):
            found = np.where(card("takes_atta", period) == (line == "atta"), found, 0)
        return found

    def price(card: Any, period: Any, parameters: Any) -> Any:
        return by(getattr(parameters(period), line).price, card("category", period))

    return quantity, price


def _bpl_extra(line: str, categories: Any) -> tuple[Any, Any]:
    def quantity(card: Any, period: Any, parameters: Any) -> Any:
        table, members = getattr(parameters(period).bpl, line), card("members", period)
        sizes = range(1, 7)
        found = np.select([members == n for n in sizes], [getattr(table, f"size{n}") for n in sizes], 0)
        return np.where(card("category", period) == categories.BPL, found, 0)

    def price(card: Any, period: Any, parameters: Any) -> Any:
        return np.where(
            card("category", period) == categories.BPL, getattr(parameters(period).bpl, line).price, 0
        )

    return quantity, price


def _top_up(line: str, categories: Any) -> tuple[Any, Any]:
    def has_it(card: Any, period: Any) -> Any:
        small = (card("category", period) == categories.PHH) & (card("members", period) <= 3)
        if line == "rice_topup":
            return small
        return small & (card("takes_atta", period) == (line == "atta_topup"))

    def quantity(card: Any, period: Any, parameters: Any) -> Any:
        return np.where(has_it(card, period), getattr(parameters(period).topup, line).grams, 0)

    def price(card: Any, period: Any, parameters: Any) -> Any:
        return np.where(has_it(card, period), getattr(parameters(period).topup, line).price, 0)

    return quantity, price


def worked_out(built: TaxBenefitSystem, state: str, file: Path, month: str) -> dict[str, Any]:
    """Quantity, price and amount of every line for every card of a file, as arrays by name."""
    table = pq.read_table(file, columns=["category", "members", "tribal_area", "choice"])
    simulation = SimulationBuilder().build_default_simulation(built, count=table.num_rows)
    simulation.set_input("category", month, table["category"].to_numpy(zero_copy_only=False).astype(str))
    simulation.set_input("members", month, table["members"].to_numpy())
    simulation.set_input("tribal_area", month, table["tribal_area"].to_numpy(zero_copy_only=False))
    takes_atta = table["choice"].to_numpy(zero_copy_only=False) == "atta"
    simulation.set_input("takes_atta", month, takes_atta)
    names = [f"{line}_{figure}" for line in LINES[state] for figure in ("quantity", "price", "amount")]
    return {name: simulation.calculate(name, month) for name in names}
