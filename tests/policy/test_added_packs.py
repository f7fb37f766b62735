"""A State is added by a folder; nothing else changes."""

import shutil

import pytest

from rasad.policy import packs
from rasad.policy.department import department
from rasad.policy.entitlements import entitlement
from rasad.policy.jurisdiction import folder_of, jurisdictions
from rasad.policy.packs import PACKS, with_folders
from rasad.values.month import Month
from rasad.values.refused import Refused


@pytest.fixture
def draft(tmp_path):
    """Haryana's folder copied, with wheat at Rs 3 for priority cards: an order not yet in force anywhere."""
    shutil.copytree(PACKS / "haryana", tmp_path / "haryana")
    prices = tmp_path / "haryana" / "prices.yaml"
    antyodaya, priority = prices.read_text().split("  - id: hr.phh.wheat.price")
    prices.write_text(antyodaya + "  - id: hr.phh.wheat.price" + priority.replace('"2.00"', '"3.00"'))
    return tmp_path


def wheat_price():
    return entitlement("OPH", members=1, month=Month(2015, 1)).lines[0].price_per_kg


def test_a_folder_of_the_same_jurisdiction_counts_before_ours_and_only_inside_the_block(draft):
    assert wheat_price() == 200
    with with_folders(draft):
        assert wheat_price() == 300
        assert len(jurisdictions()) == 4
    assert wheat_price() == 200


def test_a_new_jurisdiction_is_known_while_its_folder_is_added(tmp_path):
    (tmp_path / "third").mkdir()
    (tmp_path / "third" / "about.yaml").write_text(
        'code: IN-ZZ\nname: {en: Third, hi: तीसरा, bn: তৃতীয়}\nparent: IN\nlgd_state: "99"\n'
    )
    with with_folders(tmp_path):
        assert folder_of("IN-ZZ") == tmp_path / "third"
        assert [one.code for one in jurisdictions()][-2:] == ["IN-ZZ", "IN-WB"]
    with pytest.raises(Refused, match="unknown_jurisdiction"):
        folder_of("IN-ZZ")


def test_a_department_is_read_from_an_added_folder(draft):
    file = draft / "haryana" / "department.yaml"
    file.write_text(file.read_text().replace("Government of Haryana,", "Government of the draft,"))
    with with_folders(draft):
        assert department("haryana").government.en == "Government of the draft"
    assert department("haryana").government.en == "Government of Haryana"


def test_added_folders_stay_until_the_process_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(packs, "_added", ())
    packs.add_folders(tmp_path)
    packs.add_folders(tmp_path)
    assert packs._added == (tmp_path,)
