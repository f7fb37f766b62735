"""Lists pulled from the portals: the same as from files, through every fault, going on where they were cut off."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from rasad.connectors.exchange import twins
from rasad.connectors.exchange.wire import Person
from rasad.connectors.mmpsy.wire import MmpsyFamily
from rasad.connectors.pds.wire import CardPerson, RegisterCard
from rasad.connectors.saral.wire import Application
from rasad.connectors.twin import Fault
from rasad.connectors.unit_committee.wire import Surveyed
from rasad.policy.relief import scheme
from rasad.relief import pulling
from rasad.values.refused import Refused

pytestmark = pytest.mark.django_db
ASHA = Person(line=1, name="Asha Devi", sex="F", age=40, aadhaar_ref="ab" * 32)
OF = {"district": "63", "place": "61001", "received_on": date(2020, 4, 20), "members": (ASHA,)}


@pytest.fixture
def portals(settings):
    with twins.running() as running:
        settings.PORTALS = {
            name: (twin.url, bytes.fromhex(twin.settings[f"RASAD_{name.upper()}_KEY"]))
            for name, twin in running.by_name.items()
        }
        running.by_name["mmpsy"].rows["families"] = [
            MmpsyFamily(reference=f"M-{n:04d}", card_category="APL", **OF) for n in range(1200)
        ]
        running.by_name["saral"].rows["applications"] = [Application(reference="S-1", verified=True, **OF)]
        running.by_name["unit_committee"].rows["surveys"] = [
            Surveyed(reference="L-1", ration_option="ration", forwarded=False, **OF)
        ]
        yield running.by_name


def pulled(folder):
    return pulling.pulled(scheme("drt_2020"), folder, lambda source, count: None)


def families(folder, name):
    return pq.read_table(folder / f"{name}.families.parquet").to_pylist()


def written_at(folder):
    return {one.name: one.stat().st_mtime_ns for one in (folder / "pages" / "mmpsy-families").glob("*.json")}


@pytest.mark.req("R-INT-04", "R-INT-05", "R-INT-07", "R-INT-10")
def test_every_family_of_every_portal_is_in_the_lists(portals, tmp_path):
    for fault in (Fault.ERROR, Fault.CUT, Fault.TWICE, Fault.RUBBISH):
        portals["mmpsy"].fail(fault)
    lists = pulled(tmp_path)

    assert [one["reference"] for one in families(lists, "mmpsy")] == [f"M-{n:04d}" for n in range(1200)]
    (saral,) = families(lists, "saral")
    assert (saral["verified"], saral["district"], saral["received_on"]) == (True, "63", date(2020, 4, 20))
    assert families(lists, "local_committee")[0]["forwarded"] is False
    assert families(lists, "cm_twitter") == []
    (member,) = pq.read_table(lists / "saral.members.parquet").to_pylist()
    assert (member["name"], member["aadhaar_ref"], member["age"]) == ("Asha Devi", "ab" * 32, 40)


def test_pull_that_was_cut_off_goes_on_after_the_last_page(portals, tmp_path, monkeypatch):
    monkeypatch.setattr(pulling, "TRIES", 1)
    portals["mmpsy"].kill()
    with pytest.raises(Refused, match="portal_failed"):
        pulled(tmp_path)
    portals["mmpsy"].revive()
    portals["saral"].kill()
    with pytest.raises(Refused, match="portal_failed"):
        pulled(tmp_path)
    portals["saral"].revive()
    pages = written_at(tmp_path)
    lists = pulled(tmp_path)

    assert len(families(lists, "mmpsy")) == 1200
    assert len(pages) == 3
    assert written_at(tmp_path) == pages


def test_portal_without_an_address_is_named(tmp_path):
    with pytest.raises(Refused, match="portal_not_set"):
        pulled(tmp_path)


@pytest.mark.req("R-INT-03")
def test_register_of_a_run_has_the_cards_of_the_pds_database(portals, tmp_path):
    person = CardPerson(line=1, name="Asha Devi", sex="F", born_on=date(1980, 5, 1), aadhaar_ref="ab" * 32)
    portals["pds"].rows["cards"] = [
        RegisterCard(
            card_number=f"06300000{n:04d}",
            category="OPH",
            district="63",
            issued_on=date(2019, 1, 1),
            members=(person,),
        )
        for n in range(700)
    ]
    portals["pds"].fail(Fault.CUT)

    assert pulling.cards_of_portal(tmp_path, tmp_path, lambda source, count: None)
    cards = pq.read_table(tmp_path / "cards.parquet").to_pylist()
    assert (len(cards), cards[0]) == (
        700,
        {
            "card_number": "063000000000", "category": "OPH", "family_id": None, "place": None, "district": "63",
            "issued_on": date(2019, 1, 1), "ended_on": None,
        },
    )  # fmt: skip
    members = pq.read_table(tmp_path / "members.parquet").to_pylist()
    assert (len(members), members[-1]["card_number"], members[-1]["aadhaar_ref"]) == (
        700,
        "063000000699",
        "ab" * 32,
    )


def test_register_stays_our_own_where_the_pds_database_has_no_address(portals, settings, tmp_path):
    settings.PORTALS = settings.PORTALS | {"pds": ("", b"")}

    assert not pulling.cards_of_portal(tmp_path, tmp_path, lambda source, count: None)
    assert not (tmp_path / "cards.parquet").exists()


def test_family_nobody_can_read_is_in_the_list_by_its_name_and_written_down(portals, tmp_path):
    odd = Application(reference="S-2", verified="perhaps", **OF)
    portals["saral"].rows["applications"] += [odd]
    lists = pulled(tmp_path)

    assert [(one["reference"], one["district"]) for one in families(lists, "saral")] == [
        ("S-2", None),
        ("S-1", "63"),
    ]
    (kept,) = (tmp_path / "saral-applications.unreadable.jsonl").read_text().splitlines()
    assert "Expected `bool`, got `str` - at `$.verified`" in kept
