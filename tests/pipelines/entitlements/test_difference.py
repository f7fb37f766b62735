"""A draft of an order against the rules in force: who gains, who loses, what it costs, before it is notified."""

import csv
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from rasad.cli import app
from rasad.pipelines.entitlements.difference import difference
from rasad.pipelines.entitlements.effect import effect
from rasad.policy.packs import PACKS
from rasad.values.month import Month
from rasad.values.refused import Refused

JANUARY = Month(2027, 1)
HISAR, SIRSA = "58", "70"


@pytest.fixture
def register(tmp_path):
    """Five cards in two districts: one Antyodaya, three priority of 1, 4 and 5 members, one APL."""
    folder = tmp_path / "register"
    folder.mkdir()
    cards = {
        "card_number": ["1", "2", "3", "4", "5"],
        "category": ["AAY", "OPH", "OPH", "SBPL", "APL"],
        "members": [3, 1, 4, 5, 2],
        "district": [HISAR, HISAR, SIRSA, SIRSA, SIRSA],
    }
    pq.write_table(pa.table(cards), folder / "cards.parquet")
    return folder


def draft(tmp_path, *changes):
    """A copy of Haryana's packs with some values changed: row id, old value, new value."""
    shutil.copytree(PACKS / "haryana", tmp_path / "draft" / "haryana")
    file = tmp_path / "draft" / "haryana" / "entitlements.yaml"
    text = file.read_text(encoding="utf-8")
    for row, old, new in changes:
        head, tail = text.split(f"id: {row}\n", 1)
        assert f'value: "{old}"' in tail
        text = f"{head}id: {row}\n" + tail.replace(f'value: "{old}"', f'value: "{new}"', 1)
    file.write_text(text, encoding="utf-8")
    return tmp_path / "draft"


def compared(register, tmp_path, new, **given):
    return difference(
        register, old=PACKS, new=new, state="IN-HR", month=JANUARY, scratch=tmp_path / "scratch", **given
    )


def test_one_kilogram_more_a_member_is_counted_by_district_and_category(register, tmp_path):
    found = compared(register, tmp_path, draft(tmp_path, ("hr.phh.wheat", "5", "6")))

    told = {(row["district"], row["category"]): row for row in found.groups.to_pylist()}
    assert {key: (row["gains"], row["loses"], row["mixed"], row["same"]) for key, row in told.items()} == {
        (HISAR, "AAY"): (0, 0, 0, 1),
        (HISAR, "OPH"): (1, 0, 0, 0),
        (SIRSA, "OPH"): (1, 0, 0, 0),
        (SIRSA, "SBPL"): (1, 0, 0, 0),
        (SIRSA, "APL"): (0, 0, 0, 1),
    }
    sbpl = told[SIRSA, "SBPL"]
    # 5 members: 25 kg of wheat and 2.5 kg of pulses; 5 kg more at Rs 2.
    assert (sbpl["grams_old"], sbpl["grams_new"]) == (27_500, 32_500)
    assert (sbpl["paise_old"], sbpl["paise_new"]) == (10_000, 11_000)
    assert (found.cards(), found.cards("gains"), found.cards("same")) == (5, 3, 2)


def test_commodities_are_added_up_over_the_cards(register, tmp_path):
    found = compared(register, tmp_path, draft(tmp_path, ("hr.phh.wheat", "5", "6")))

    wheat = [row for row in found.goods.to_pylist() if row["commodity"] == "wheat"]
    assert sum(row["quantity_old"] for row in wheat) == 35_000 + 5_000 + 20_000 + 25_000
    assert sum(row["quantity_new"] for row in wheat) == 35_000 + 6_000 + 24_000 + 30_000


def test_less_of_one_thing_and_more_of_another_is_both(register, tmp_path):
    new = draft(tmp_path, ("hr.phh.wheat", "5", "6"), ("hr.phh.pulses", "2.5", "1"))
    found = compared(register, tmp_path, new)

    assert [found.cards(one) for one in ("gains", "loses", "mixed", "same")] == [0, 0, 3, 2]


def test_draft_that_changes_nothing_changes_nobody(register, tmp_path):
    found = compared(register, tmp_path, draft(tmp_path))

    assert found.cards("same") == found.cards() == 5


def line(commodity="wheat", quantity=5000, price=200, part=""):
    return {"commodity": commodity, "part": part, "quantity": quantity, "price": price}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ([line()], [line(price=100)], "gains"),
        ([line()], [line(price=300)], "loses"),
        ([line()], [line(quantity=6000, price=300)], "mixed"),
        ([line()], [line(price=None)], "same"),
        ([line()], [line(), line("rice")], "gains"),
        ([line(), line("rice")], [line()], "loses"),
        ([], [], "same"),
    ],
)
def test_effect_looks_at_quantity_and_price(old, new, told):
    assert effect(old, new) == told


def test_draft_that_cannot_be_read_is_refused_and_no_card_is_blamed(register, tmp_path):
    new = draft(tmp_path)
    (new / "haryana" / "entitlements.yaml").write_text("rows: [", encoding="utf-8")

    with pytest.raises(Refused, match="bad_pack"):
        compared(register, tmp_path, new)


def test_folder_without_packs_is_refused(register, tmp_path):
    (tmp_path / "nothing").mkdir()
    with pytest.raises(Refused, match="packs_missing"):
        compared(register, tmp_path, tmp_path / "nothing")


def test_command_leaves_files_and_a_page_with_names_and_plots(register, tmp_path):
    places = {"kind": ["district", "district"], "code": [HISAR, SIRSA], "name": ["Hisar", "Sirsa"]}
    places |= {name: pa.nulls(2, pa.string()) for name in ("name_hi", "parent_kind", "parent_code")}
    places |= {name: pa.nulls(2, pa.float64()) for name in ("latitude", "longitude")}
    pq.write_table(pa.table(places), register / "places.parquet")
    new = draft(tmp_path, ("hr.phh.wheat", "5", "6"))
    out = tmp_path / "out"

    done = CliRunner().invoke(
        app,
        ["policy", "diff", str(PACKS / "haryana"), str(new), "--on", str(register), "--month", "2027-01",
         "--out", str(out), "--language", "hi"],
    )  # fmt: skip

    assert done.exit_code == 0, done.output
    page = (out / "difference.html").read_text(encoding="utf-8")
    assert ('lang="hi"' in page, "Hisar" in page, "<svg" in page, "http" in _links(page)) == (True,) * 3 + (
        False,
    )
    with (out / "difference.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [(row["district"], row["category"], row["gains"]) for row in rows][:2] == [
        (HISAR, "AAY", "0"),
        (HISAR, "OPH", "1"),
    ]
    assert not Path(out / "scratch").exists()


def _links(page):
    """Everything the page would fetch."""
    return [part.split('"')[0] for part in page.split('src="')[1:] + page.split('href="')[1:]]
