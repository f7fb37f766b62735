"""What a later order may write: a festival's extra, flour made richer, a figure from elsewhere, another table."""

import shutil
from datetime import date

import pytest

from rasad.policy.check.whole import check
from rasad.policy.entitlements import choices, entitlement
from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.packs import PACKS, with_folders
from rasad.values.month import Month
from rasad.values.refused import Refused

FESTIVAL = """\
rows:
  - id: hp.festival.sugar.2022
    value: "1"
    unit: kg per card per month
    applies: {category: [AAY, PHH, BPL, APL, APLT], commodity: sugar}
    announced_on: 2022-09-20
    from: 2022-10-01
    to: 2022-10-31
    basis: stated
    source: {file: order.txt, quotation: one kilogram of sugar more in October}
"""
FORTIFIED = """\
  - id: hp.phh.fortified
    value: "2.800"
    unit: kg per member per month
    applies: {category: [PHH], commodity: fortified_wheat_flour}
    scheme: NFSA
    choice_group: phh.cereal
    from: 2022-05-20
    to: null
    basis: stated
    source: {file: order.txt, quotation: fortified flour in place of wheat}
"""
FLOUR = """\
  - code: fortified_wheat_flour
    name: {en: Fortified wheat flour, hi: पोषणयुक्त आटा, bn: পুষ্টিসমৃদ্ধ আটা}
    kind: foodgrain
    made_of: wheat
    is_fortified: true
    nutrition: {en: Midday meals, hi: मध्याह्न भोजन, bn: মধ্যাহ্নভোজন}
"""
FLOUR_PRICE = """\
  - id: hp.phh.fortified.price
    value: "3.50"
    unit: Rs per kg
    applies: {category: [PHH], commodity: fortified_wheat_flour}
    from: 2022-05-20
    to: null
    basis: stated
    source: {file: order.txt, quotation: fortified flour in place of wheat}
"""


def draft(tmp_path, state, *changes):
    """A copy of a State's folder with pieces replaced: file, old words, new words."""
    shutil.copytree(PACKS / state, tmp_path / state)
    for file, old, new in changes:
        path = tmp_path / state / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return with_folders(tmp_path)


def sugar(month):
    due = entitlement("PHH", members=2, month=month, state="IN-HP", commodity="sugar")
    return [(line.name, line.quantity, line.price, line.reasons[0].row) for line in due.lines]


@pytest.mark.req("R-ENT-26")
def test_a_festival_s_extra_is_a_dated_row_at_the_usual_price(tmp_path):
    with draft(tmp_path, "himachal_pradesh", ("festival_extras.yaml", "rows: []", FESTIVAL)):
        usual = ("sugar", 1000, 1300, "hp.sugar.nfsa")
        assert sugar(Month(2022, 9)) == [usual]
        assert sugar(Month(2022, 10)) == [usual, ("sugar_festival", 1000, 1300, "hp.festival.sugar.2022")]


@pytest.mark.req("R-ENT-26")
def test_an_extra_that_begins_before_the_public_was_told_is_refused(tmp_path):
    told_late = FESTIVAL.replace("2022-09-20", "2022-10-01")
    with (
        draft(tmp_path, "himachal_pradesh", ("festival_extras.yaml", "rows: []", told_late)),
        pytest.raises(Refused, match="begins before the public was told"),
    ):
        sugar(Month(2022, 10))


@pytest.mark.req("R-ENT-27")
def test_fortified_flour_stands_in_for_wheat_and_names_its_programme(tmp_path):
    changes = (
        ("entitlements.yaml", "\n# Until a family", f"\n{FORTIFIED}\n# Until a family"),
        ("commodities.yaml", "commodities:\n", f"commodities:\n{FLOUR}"),
        ("prices.yaml", "rows:\n", f"rows:\n{FLOUR_PRICE}"),
    )
    asked = {"members": 4, "month": Month(2022, 6), "state": "IN-HP"}
    with draft(tmp_path, "himachal_pradesh", *changes):
        assert choices("PHH", **asked) == (("wheat", "atta", "fortified_wheat_flour"),)
        due = entitlement("PHH", choice="fortified_wheat_flour", **asked).lines
        assert [(line.name, line.quantity, line.amount) for line in due[:2]] == [
            ("rice", 8000, 2400),
            ("sugar", 2000, 2600),
        ]
        flour = next(line for line in due if line.commodity == "fortified_wheat_flour")
        assert (flour.quantity, flour.amount) == (11200, 3920)
        said = jurisdiction("IN-HP").commodity("fortified_wheat_flour")
        assert (said.made_of, said.is_fortified, said.nutrition.en) == ("wheat", True, "Midday meals")


def pulses(category):
    line = entitlement(category, members=4, month=Month(2020, 5), commodity="pulses").lines[0]
    return (
        line.quantity,
        [reason.row for reason in line.reasons],
        [reason.code for reason in line.reasons[2:]],
    )


def test_a_figure_from_elsewhere_counts_only_when_it_is_switched_on(tmp_path):
    assert pulses("OPH")[0] == 2500
    on = ("overrides.yaml", "enabled: false", "enabled: true")
    with draft(tmp_path, "haryana", on):
        assert pulses("OPH") == (
            1000,
            ["hr.phh.pulses", "hr.free.2020", "hr.phh.pulses"],
            ["outside_override"],
        )
        assert pulses("DRT")[0] == 1000
        assert pulses("CBPL")[0] == 2500
        july = entitlement("OPH", members=4, month=Month(2020, 7), commodity="pulses")
        assert july.lines[0].quantity == 2500


@pytest.mark.req("R-ENT-10")
def test_a_table_that_no_longer_makes_up_35_kilograms_is_reported(tmp_path):
    with draft(tmp_path, "himachal_pradesh", ("entitlements.yaml", '4: "8"', '4: "9"')):
        found = [one for one in check(tmp_path, on=date(2022, 6, 1)).unresolved if one.kind == "card_total"]
    assert [(one.ids, one.problem) for one in found] == [
        (
            ("hp.bpl.wheat", "hp.phh.wheat"),
            "for 4 members the rows come to 21 kg, the card is said to have 20",
        )
    ]
    assert [one for one in check(PACKS, on=date(2022, 6, 1)).findings if one.kind == "card_total"] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "entitlements.yaml",
            'value: "20"',
            'table: {members: {1: "2", 3: "4"}}',
            "write each size once, from 1 on",
        ),
        (
            "entitlements.yaml",
            'value: "20"\n',
            'value: "20"\n    cap_group: hp.oil\n',
            "hp.aay.wheat needs one of",
        ),
        (
            "entitlements.yaml",
            "choice_group: aay.cereal",
            "choice_group: aay.bread",
            "nothing in this file is called aay.bread",
        ),
        (
            "entitlements.yaml",
            "overrides: hp.sugar.nfsa",
            "overrides: hp.sugar.all",
            "nothing in this file is called hp.sugar.all",
        ),
        (
            "entitlements.yaml",
            "over: [hp.phh.wheat, hp.phh.rice]",
            "over: [hp.phh.maize]",
            "no row of this file is called hp.phh.maize",
        ),
        (
            "entitlements.yaml",
            "category: [AAY], commodity: wheat",
            "category: [XYZ], commodity: wheat",
            "no category XYZ",
        ),
        (
            "entitlements.yaml",
            "category: [AAY], commodity: wheat",
            "category: [AAY], commodity: tea",
            "no commodity tea",
        ),
        ("entitlements.yaml", "kg per card per month", "litre per card per month", "wheat is counted in kg"),
        ("prices.yaml", "price_group: [NFSA]", "price_group: [GOLD]", "no category has the price group GOLD"),
        ("prices.yaml", "Rs per litre", "Rs per kg", "soya_refined_oil is counted in litre"),
    ],
)
def test_a_scale_that_cannot_stand_is_refused(tmp_path, file, old, new, problem):
    with (
        draft(tmp_path, "himachal_pradesh", (file, old, new)),
        pytest.raises(Refused) as refused,
    ):
        jurisdiction("IN-HP")
    assert refused.value.facts["problem"].startswith(problem)


def test_a_scale_that_has_ended_is_refused_and_not_answered_with_nothing(tmp_path):
    ended = ("entitlements.yaml", "from: 2022-05-20\n    to: null", "from: 2022-05-20\n    to: 2022-12-31")
    only_rice = "category: [APY], commodity: rice"
    text = (PACKS / "himachal_pradesh" / "entitlements.yaml").read_text(encoding="utf-8")
    row = text[text.index("  - id: hp.apy.rice") : text.index(only_rice) + 400]
    changed = row.replace(ended[1], ended[2], 1)
    with draft(tmp_path, "himachal_pradesh", ("entitlements.yaml", row, changed)):
        assert entitlement("APY", members=1, month=Month(2022, 12), state="IN-HP").amount == 0
        with pytest.raises(Refused, match="scale_ended"):
            entitlement("APY", members=1, month=Month(2023, 1), state="IN-HP")


def test_a_top_up_that_begins_later_changes_no_month_before(tmp_path):
    text = (PACKS / "himachal_pradesh" / "entitlements.yaml").read_text(encoding="utf-8")
    top_up = text[text.index("  - id: hp.phh.topup") :]
    later = top_up.replace("from: 2022-05-20", "from: 2022-09-01")
    with draft(tmp_path, "himachal_pradesh", ("entitlements.yaml", top_up, later)):
        parts = [
            [
                line.part
                for line in entitlement("PHH", members=1, month=month, state="IN-HP", commodity="rice").lines
            ]
            for month in (Month(2022, 8), Month(2022, 9))
        ]
    assert parts == [[""], ["", "topup"]]


def test_another_split_is_a_parameter_and_the_five_kilograms_are_not(tmp_path):
    changed = ("entitlements.yaml", 'split: {wheat: "3", rice: "2"}', 'split: {wheat: "2", rice: "1"}')
    with draft(tmp_path, "himachal_pradesh", changed):
        due = entitlement("PHH", members=1, month=Month(2022, 6), state="IN-HP").lines
    topped = [line.quantity for line in due if line.part == "topup"]
    assert topped == [3333, 1667]
