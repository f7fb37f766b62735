"""A list of criteria that cannot be right is refused with its line and what is wrong."""

import pytest

from rasad.policy.coverage import CoverageFile
from rasad.policy.criteria_file import EligibilityFile
from rasad.policy.documents import DocumentsFile
from rasad.policy.identification import IdentificationFile
from rasad.policy.packs import PACKS, read
from rasad.values.refused import Refused

FORMS = {
    "haryana/eligibility.yaml": EligibilityFile,
    "haryana/coverage.yaml": CoverageFile,
    "haryana/documents.yaml": DocumentsFile,
    "india/identification.yaml": IdentificationFile,
}

SAME_DAY = " are in force on the same day: end one before the other begins"


def refused(tmp_path, pack, old, new):
    text = (PACKS / pack).read_text()
    assert old in text
    file = tmp_path / "pack.yaml"
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(Refused) as told:
        read(file, FORMS[pack])
    assert told.value.code == "bad_pack"
    assert told.value.facts["advice"]
    return told.value.facts["problem"], told.value.facts["line"]


WRONG = [
    (
        '{fact: land_acres, test: above, value: "0"}',
        "{fact: land_acres, test: above, value: 0}",
        'write the number in quotes: "0"',
    ),
    (
        "{fact: homeless, test: is, value: true}",
        "{fact: houseless, test: is, value: true}",
        "no fact houseless is written in this file",
    ),
    (
        "{fact: homeless, test: is, value: true}",
        '{fact: homeless, test: above, value: "1"}',
        "homeless is yes_no: the test above does not fit it",
    ),
    (
        "{fact: homeless, test: is, value: true}",
        '{fact: homeless, test: is, value: "true"}',
        "homeless is yes_no: write true or false",
    ),
    ('test: above, value: "200000"', "test: above, value: plenty", "'plenty' is not a number"),
    ("test: is, value: AAY", "test: is, value: AYA", "existing_card has no choice AYA"),
    ("values: [CBPL, SBPL]", "values: []", "the test is_one_of needs `values`"),
    ("values: [CBPL, SBPL]", "value: CBPL", "the test is_one_of has no `value`"),
    (
        "value: AAY}\n",
        "value: AAY, any_of: [{fact: homeless, test: is, value: true}]}\n",
        "write either `fact` and `test`, or `any_of`, or `all_of`",
    ),
    (
        "{fact: homeless, test: is, value: true}",
        "{fact: homeless}",
        "a test on a fact needs both `fact` and `test`",
    ),
    (
        "- {fact: kind, test: is_none_of,",
        "- {fact: pay, test: is_none_of,",
        "a person of members_employment has no pay for the test is_none_of",
    ),
    ("values: [contractual, work_charged", "values: [contract, work_charged", "kind has no choice contract"),
    (
        "    area: rural\n    group: inclusion_status\n    category: AAY",
        "    area: moon\n    group: inclusion_status\n    category: AAY",
        "there is no area moon in this file",
    ),
    (
        "    group: inclusion_status\n    category: AAY",
        "    group: favourites\n    category: AAY",
        "the order does not name the group favourites",
    ),
    (
        "    open_ended: true\n    sentence: &by_order",
        "    sentence: &by_order",
        "a criterion has a `test`, and an open-ended one has none",
    ),
    (
        "    code: R-I-02",
        "    code: R-I-01",
        "hr.eligibility.rural.i02 and hr.eligibility.rural.i01" + SAME_DAY,
    ),
    (
        "id: hr.eligibility.rural.i02",
        "id: hr.eligibility.rural.i01",
        "two rows have the id hr.eligibility.rural.i01",
    ),
    (
        "    code: R-I-03",
        "    code: R-I-03\n    order: Order 1 of 2016",
        "R-I-03 is not open-ended: no order can add to it",
    ),
    ("  - name: homeless", "  - name: katcha_house", "two facts have the name katcha_house"),
    (
        "type: number\n    unit: {en: acres, hi: एकड़, bn: একর}",
        "type: number",
        "a fact of type number needs `unit`",
    ),
    (
        "  - name: homeless\n    type: yes_no",
        "  - name: homeless\n    type: people",
        "a fact of type people needs `parts`",
    ),
    ('times: "2.47105"', "times: 2.47105", 'write the number in quotes: "2.47105"'),
    ("    name: *cultivation\n", "", "a criterion needs a `name` or a `sentence` for the family"),
    (
        "{code: none, name: {en: None, hi: कोई नहीं, bn: কোনোটিই নয়}}",
        "{code: none, name: {en: None, hi: कोई नहीं}}",
        "Field required",
    ),
]


@pytest.mark.parametrize(("old", "new", "problem"), WRONG)
def test_a_wrong_list_of_criteria_is_refused(tmp_path, old, new, problem):
    found, line = refused(tmp_path, "haryana/eligibility.yaml", old, new)
    assert found == problem
    # Shared pieces are written once: what is wrong may show first where they are used.
    assert line > 0


@pytest.mark.parametrize(
    ("pack", "old", "new", "problem"),
    [
        (
            "haryana/coverage.yaml",
            'additional: "7208000"',
            'additional: "7208001"',
            "12649000 less 5441000 is not 7208001; correct it, or tell the doubt",
        ),
        (
            "haryana/coverage.yaml",
            "area: urban",
            "area: rural",
            "hr.coverage.urban and hr.coverage.rural" + SAME_DAY,
        ),
        (
            "haryana/coverage.yaml",
            'value: "3621000"',
            "value: 3621000",
            'write the number in quotes: "3621000"',
        ),
        (
            "haryana/documents.yaml",
            "number: 2",
            "number: 1",
            "hr.documents.residence and hr.documents.id_proof" + SAME_DAY,
        ),
        ("haryana/documents.yaml", "code: water_bill", "code: sale_deed", "two kinds of paper have one code"),
        (
            "india/identification.yaml",
            "values: [slum_dweller, informal",
            "values: [slum_dwellers, informal",
            "occupation has no choice slum_dwellers",
        ),
        (
            "india/identification.yaml",
            "code: d\n",
            "code: c\n",
            "in.identification.aay.d and in.identification.aay.c" + SAME_DAY,
        ),
    ],
)
def test_a_wrong_pack_beside_it_is_refused(tmp_path, pack, old, new, problem):
    assert refused(tmp_path, pack, old, new)[0] == problem
