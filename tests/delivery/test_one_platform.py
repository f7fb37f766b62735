"""One platform: families asked for on four portals have their tokens, and the portals know, with nobody deciding."""

from datetime import date

import pytest
from typer.testing import CliRunner

from rasad.cli import app
from rasad.connectors.exchange.wire import Person
from rasad.connectors.mmpsy.wire import MmpsyFamily
from rasad.connectors.pds.wire import CardPerson, RegisterCard
from rasad.connectors.saral.wire import Application
from rasad.connectors.unit_committee.wire import Surveyed
from rasad.jobs import actions as jobs
from rasad.jobs import running
from rasad.outbox import sending
from rasad.relief.models import SourceRow, Token
from tests.cast import HISAR
from tests.delivery.conftest import NOON
from tests.relief.cast import HANSI, SHOP

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {"district": HISAR, "place": HANSI, "received_on": date(2020, 4, 20)}


def family(name, aadhaar):
    person = Person(line=1, name=name, sex="F", age=40, aadhaar_ref=aadhaar * 32)
    return {**ASKED, "mobile": f"98765001{aadhaar[1]:0>2}", "members": (person,)}


@pytest.fixture
def asking(portals):
    """Two families of MMPSY, one of them on a free card of PDS; one verified by SARAL; one surveyed and passed on."""
    portals["mmpsy"].rows["families"] = [
        MmpsyFamily(reference="M-1", card_category="APL", **family("Shanti", "a1")),
        MmpsyFamily(reference="M-2", card_category="APL", **family("Geeta", "a2")),
    ]
    portals["saral"].rows["applications"] = [
        Application(reference="S-1001", verified=True, **family("Rekha", "a3"))
    ]
    portals["unit_committee"].rows["surveys"] = [
        Surveyed(reference="L-1", ration_option="ration", forwarded=True, **family("Savitri", "a4"))
    ]
    on_card = CardPerson(line=1, name="Geeta", sex="F", born_on=date(1980, 5, 1), aadhaar_ref="a2" * 32)
    portals["pds"].rows["cards"] = [
        RegisterCard(
            card_number="063000009999", category="OPH", district=HISAR, issued_on=date(2019, 1, 1), members=(on_card,)
        )
    ]  # fmt: skip
    return portals


@pytest.mark.req("R-INT-01", "R-INT-03", "R-DRT-07", "R-DRT-08", "R-DRT-12")
def test_families_of_the_portals_have_their_tokens_and_the_portals_know_with_nobody_deciding(
    desk, asking, tmp_path
):
    done = CliRunner().invoke(
        app, ["relief", "run", "--from-portals", "--out", str(tmp_path), "--by", "clock"], catch_exceptions=False
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    jobs.start("relief.publish", args={"scheme": "drt_2020"}, by="clock", at=NOON)
    running.run_waiting()
    sending.drain()

    issued = Token.objects.filter(holder_name__in=["Shanti", "Geeta", "Rekha", "Savitri"])
    assert list(issued.order_by("source").values_list("source", "holder_name", "state", "shop_number")) == [
        ("LOCAL_COMMITTEE", "Savitri", "published", SHOP),
        ("MMPSY", "Shanti", "published", SHOP),
        ("SARAL", "Rekha", "published", SHOP),
    ]
    geeta = SourceRow.objects.get(reference="M-2")
    assert (geeta.outcome, geeta.reason, geeta.facts["card"]) == ("refused", "on_free_card", "XXXXXXXX9999")
    for name in ("ppp", "unit_committee", "aepds", "help_me"):
        assert set(issued.values_list("number", flat=True)) <= set(asking[name].known)
