"""More than thirty kinds of bad packs: each is refused with its file, its line, its row and the reason."""

import shutil

import pytest

from rasad.policy.check.forms import forms
from rasad.policy.packs import PACKS

# The file, what is changed in it, what stands in the line that is named, the row, the reason.
BAD = [
    (
        "haryana/prices.yaml",
        'value: "2.00"',
        "value: 2.00",
        "value: 2.00",
        "hr.aay.wheat.price",
        "write the number in quotes",
    ),
    (
        "haryana/prices.yaml",
        'value: "2.00"',
        'value: "two"',
        'value: "two"',
        "hr.aay.wheat.price",
        "'two' is not a number",
    ),
    (
        "haryana/prices.yaml",
        'value: "2.00"',
        'value: "-2.00"',
        'value: "-2.00"',
        "hr.aay.wheat.price",
        "Input should be greater than or equal to 0",
    ),
    (
        "haryana/prices.yaml",
        "    basis: assumed\n",
        "",
        "- id: hr.aay.wheat.price",
        "hr.aay.wheat.price",
        "Field required",
    ),
    (
        "haryana/prices.yaml",
        "basis: assumed",
        "basis: guessed",
        "basis: guessed",
        "hr.aay.wheat.price",
        "Input should be 'stated' or 'assumed'",
    ),
    (
        "haryana/prices.yaml",
        "from: 2013-09-10",
        "from: 2013-13-10",
        "from: 2013-13-10",
        "hr.aay.wheat.price",
        "Input should be a valid date",
    ),
    (
        "haryana/prices.yaml",
        "to: null",
        "to: 2012-01-01",
        "to: 2012-01-01",
        "hr.aay.wheat.price",
        "hr.aay.wheat.price ends on 2012-01-01, before its first day",
    ),
    (
        "haryana/prices.yaml",
        "id: hr.aay.wheat.price",
        "id: HR AAY",
        "- id: HR AAY",
        "HR AAY",
        "String should match pattern",
    ),
    (
        "haryana/prices.yaml",
        "unit: Rs per kg",
        "unit: Rs per bag",
        "unit: Rs per bag",
        "hr.aay.wheat.price",
        "Input should be 'Rs per kg' or 'Rs per litre'",
    ),
    (
        "haryana/prices.yaml",
        "unit: Rs per kg",
        "units: Rs per kg",
        "- id: hr.aay.wheat.price",
        "hr.aay.wheat.price",
        "Field required",
    ),
    ("haryana/prices.yaml", "quotation: ", "quote: ", "quote:", "hr.aay.wheat.price", "Field required"),
    (
        "haryana/prices.yaml",
        "    to: null\n",
        "    to: null\n    precision: week\n",
        "precision: week",
        "hr.aay.wheat.price",
        "Input should be 'day'",
    ),
    (
        "haryana/entitlements.yaml",
        "category: [AAY]",
        "category: [XYZ]",
        "category: [XYZ]",
        "hr.aay.wheat",
        "no category XYZ is written in categories.yaml",
    ),
    (
        "haryana/entitlements.yaml",
        "unit: kg per card per month",
        "unit: litre per card per month",
        "unit: litre per card per month",
        "hr.aay.wheat",
        "wheat is counted in kg",
    ),
    (
        "haryana/prices.yaml",
        'value: "2.00"',
        'value: "2.50"',
        'value: "2.50"',
        "hr.aay.wheat.price",
        "AAY end retail price of wheat is fixed at Rs 2 per kg",
    ),
    (
        "himachal_pradesh/entitlements.yaml",
        '2: "14", ',
        "",
        'table: {members: {1: "17", 3: "11"',
        "hp.bpl.wheat",
        "write each size once, from 1 on, without a gap",
    ),
    (
        "himachal_pradesh/entitlements.yaml",
        "choice_group: aay.cereal",
        "choice_group: none.such",
        "choice_group: none.such",
        "hp.aay.wheat",
        "nothing in this file is called none.such",
    ),
    (
        "himachal_pradesh/entitlements.yaml",
        "over: [hp.phh.wheat]",
        "over: [hp.none]",
        "over: [hp.none]",
        "hp.bpl.wheat",
        "no row of this file is called hp.none",
    ),
    (
        "india/scale_of_issue.yaml",
        "to: 2001-06-30",
        "to: 2001-07-31",
        "- id: in.scale.bpl.3",
        "in.scale.bpl.3",
        "in.scale.bpl.3 and in.scale.bpl.2 are in force on the same day",
    ),
    (
        "haryana/eligibility.yaml",
        "area: rural\n    group: exclusion",
        "area: hills\n    group: exclusion",
        "area: hills",
        "hr.eligibility.rural.x01",
        "there is no area hills in this file",
    ),
    (
        "haryana/documents.yaml",
        "{code: pan,",
        "{code: passport,",
        "any_one:",
        "hr.documents.id_proof",
        "two kinds of paper have one code",
    ),
    (
        "haryana/service_periods.yaml",
        'value: "15"',
        'value: "1.5"',
        'value: "1.5"',
        "hr.svc.new",
        "1.5 is no whole number of days",
    ),
    (
        "himachal_pradesh/service_periods.yaml",
        "on_slip: true",
        "on_slip: false",
        "value: null",
        "hp.svc.new",
        "a period has a number of days, or its day is on the slip",
    ),
    (
        "himachal_pradesh/committees.yaml",
        "max: 6",
        "max: 4",
        "max: 4",
        "hp.committee.area",
        "at most 4 is less than at least 5",
    ),
    (
        "himachal_pradesh/committees.yaml",
        "seat: official",
        "seat: card_holder",
        "- seat: card_holder",
        "hp.committee.area",
        "the seat card_holder is written twice",
    ),
    (
        "himachal_pradesh/committees.yaml",
        "replaced_every: P6M",
        "replaced_every: six months",
        "replaced_every: six months",
        "hp.committee.area",
        "String should match pattern",
    ),
    (
        "india/timeline.yaml",
        "to: 1997-05-31",
        "to: 1992-05-31",
        "to: 1992-05-31",
        "in.t.rpds",
        "in.t.rpds ends on 1992-05-31, before its first day",
    ),
    (
        "india/programme.yaml",
        'state_percent: "10"',
        'state_percent: "20"',
        'state_percent: "20"',
        "in.comp.share.north_east",
        "the two shares do not make 100 percent",
    ),
    (
        "india/action_plan.yaml",
        "n: 2\n",
        "n: 3\n",
        "n: 3",
        "in.nine.2",
        "the points are numbered from 1 on, none left out",
    ),
    (
        "india/annex_ii.yaml",
        '"Only 4 blocks", null',
        '"Some blocks", null',
        '"Some blocks", null',
        "Haryana",
        "say under `statuses` what 'Some blocks' comes to",
    ),
    (
        "india/allocation.yaml",
        "percent_of: in.fam.bpl.2000",
        "percent_of: in.fam.none",
        "percent_of: in.fam.none",
        "in.fam.aay.1",
        "no row in.fam.none is written in this file",
    ),
    (
        "west_bengal/authentication.yaml",
        "window_seconds: 60",
        "window_seconds: 0",
        "window_seconds: 0",
        "wb.home.otp",
        "Input should be greater than or equal to 1",
    ),
    (
        "west_bengal/portability.yaml",
        "fingers_per_cycle: 3",
        "fingers_per_cycle: three",
        "fingers_per_cycle: three",
        "wb.port.biometric",
        "Input should be a valid integer",
    ),
    (
        "west_bengal/portability.yaml",
        "otp_allowed: false",
        "otp_allowed: perhaps",
        "otp_allowed: perhaps",
        "wb.port.mode",
        "Input should be a valid boolean",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "row", "reason"), BAD)
def test_a_bad_pack_is_refused(tmp_path, file, old, new, line, row, reason):
    folder = file.split("/")[0]
    shutil.copytree(PACKS / folder, tmp_path / folder)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (bad,) = forms(tmp_path / folder)
    assert bad.file == path
    assert line in path.read_text(encoding="utf-8").splitlines()[bad.line - 1]
    assert bad.problem.startswith(f"{row}, ")
    assert reason in bad.problem
    assert bad.advice


def test_there_are_thirty_kinds_of_them():
    assert len({reason for *_, reason in BAD}) >= 30
