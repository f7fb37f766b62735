"""Lists pulled from the portals: the same as from files, through every fault, going on where they were cut off."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from rasad.connectors.exchange import twins
from rasad.connectors.exchange.wire import Person
from rasad.connectors.mmpsy.wire import MmpsyFamily
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


@pytest.mark.req("R-INT-01", "R-INT-04", "R-INT-05", "R-INT-07", "R-INT-10")
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


@pytest.mark.req("R-INT-19")
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
    pages = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "pages" / "MMPSY").glob("*.json")}
    lists = pulled(tmp_path)

    assert len(families(lists, "mmpsy")) == 1200
    assert {
        path.name: path.stat().st_mtime_ns for path in (tmp_path / "pages" / "MMPSY").glob("*.json")
    } == pages


def test_portal_without_an_address_is_named(tmp_path):
    with pytest.raises(Refused, match="portal_not_set"):
        pulled(tmp_path)
