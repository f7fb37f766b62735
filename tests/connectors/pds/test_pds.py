"""The card database tells cards with their people, ended ones too."""

from datetime import date

import pytest

from rasad.connectors.exchange.sandbox import KEY
from rasad.connectors.pds.client import PdsClient
from rasad.connectors.pds.sandbox import PdsTwin
from rasad.connectors.pds.wire import CardPerson, RegisterCard

CARD = RegisterCard(
    card_number="069999000101", category="OPH", district="63", place="61001", issued_on=date(2015, 1, 1),
    ended_on=date(2020, 1, 1), members=(CardPerson(line=1, name="Kamla", sex="F", aadhaar_ref="ab" * 32),),
)  # fmt: skip


@pytest.mark.req("R-INT-03")
def test_card_comes_with_its_people_and_its_days():
    with PdsTwin() as twin:
        twin.rows["cards"] = [CARD]

        assert PdsClient(twin.url, KEY).cards(within=10.0).rows == [CARD]
