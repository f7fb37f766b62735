"""One example of everything that travels: names of the cast, made-up numbers."""

from datetime import UTC, date, datetime

from rasad.connectors.aepds.wire import TokenForSale, TokenSale
from rasad.connectors.exchange.wire import Person
from rasad.connectors.help_me.wire import Notice
from rasad.connectors.mmpsy.wire import MmpsyFamily
from rasad.connectors.pds.wire import CardPerson, RegisterCard
from rasad.connectors.ppp.wire import TokenOfFamily
from rasad.connectors.saral.wire import Application, Decided
from rasad.connectors.trackpds.wire import Arrival, Requirement
from rasad.connectors.unit_committee.wire import HandOver, Surveyed, TokenToHandOver

NOON = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)
TOKEN = "06300000000014"
SHOP = "106300100001"
MONTHS = ("2020-05", "2020-06")
ASHA = Person(line=1, name="Asha Devi", sex="F", age=40)
FAMILY = {"district": "63", "place": "61001", "received_on": date(2020, 4, 20), "members": (ASHA,)}
OF_TOKEN = {"token": TOKEN, "scheme": "drt_2020", "holder": "Asha Devi", "members": 3, "months": MONTHS}

ROWS = {
    ("trackpds", "arrivals"): lambda n: Arrival(
        id=f"A-{n}", shop=SHOP, allocation="NFSA", commodity="wheat", grams=5_000_000, arrived_on=date(2020, 5, 14)
    ),
    ("pds", "cards"): lambda n: RegisterCard(
        card_number=f"C-{n}", category="OPH", district="63", issued_on=date(2015, 1, 1),
        members=(CardPerson(line=1, name="Kamla", birth_year=1980),),
    ),
    ("mmpsy", "families"): lambda n: MmpsyFamily(reference=f"M-{n}", card_category="APL", **FAMILY),
    ("saral", "applications"): lambda n: Application(reference=f"S-{n}", verified=True, **FAMILY),
    ("unit_committee", "surveys"): lambda n: Surveyed(
        reference=f"L-{n}", ration_option="ration", forwarded=True, **FAMILY
    ),
    ("unit_committee", "hand_overs"): lambda n: HandOver(
        id=f"H-{n}", token=TOKEN, committee="UC-61001", outcome="handed_over", at=NOON, by="Sarpanch", proof="mark"
    ),
    ("aepds", "sales"): lambda n: TokenSale(
        id=f"S-{n}", token=TOKEN, shop=SHOP, month="2020-05", lines={"wheat": 15_000}, at=NOON, mode="otp"
    ),
}  # fmt: skip
SHOWN = {"shop": SHOP, "shop_name": "Ravi Fair Price Shop", "state": "published"}
THINGS = {
    ("trackpds", "requirements"): lambda n: Requirement(
        scheme="drt_2020", shop=SHOP, month="2020-06", families=n, people=n, lines={"wheat": 15_000 * n}
    ),
    ("saral", "outcomes"): lambda n: Decided(reference=f"S-{n}", outcome="refused", reason="on_free_card"),
    ("ppp", "tokens"): lambda n: TokenOfFamily(family_id=f"F-{n}", link="/my-token", **OF_TOKEN, **SHOWN),
    ("unit_committee", "tokens"): lambda n: TokenToHandOver(
        district="63", place="61001", place_name="Hansi", address=f"House {n}", link="/tokens", **OF_TOKEN, **SHOWN
    ),
    ("aepds", "tokens"): lambda n: TokenForSale(shop=SHOP, inherits="OPH", state=f"state {n}", **OF_TOKEN),
    ("help_me", "notices"): lambda n: Notice(
        token=TOKEN, scheme="drt_2020", mobile="9876500001", message_en=f"Token {n}", message_hi="टोकन", **{
            name: SHOWN[name] for name in ("state", "shop_name")
        },
    ),
}  # fmt: skip
