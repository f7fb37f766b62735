"""The reports: exact numbers of a month, for whoever answers for the shops and for nobody else."""

import csv
import re
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rasad.counter import selling
from rasad.counter.models import ElsewhereLift, Refusal, Sale
from rasad.journal.models import Entry
from rasad.values.refused import Refused
from tests.cast import HISAR, client_of, staff
from tests.counter import cast, guests
from tests.counter.cast import RAVIS, SECOND

pytestmark = pytest.mark.django_db
PAGES = (
    "",
    "/modes",
    "/portability",
    "/additional-allocation",
    "/balances",
    "/unauthenticated",
    "/ekyc",
    "/not-supplied",
)
FILES = ("sales", "modes", "portability", "additional-allocation", "balances", "stock", "sales-register")
DINUS_CARD = "069900000044"
BINODS_AADHAAR = "999955183433"


@pytest.fixture
def month(ravis, world, clock, monkeypatch):
    """November at two shops of Hisar.

    At Ravi's: Asha by finger (5 kg wheat, 500 g pulses), Asha again and taken back (1 kg), Dinu without
    authentication (2 kg), Binod of the second shop by finger (3 kg), a guest of West Bengal (6 kg rice, 2 kg
    wheat). At the second: Asha (4 kg). In Bihar: Asha (1.5 kg wheat).
    """
    monkeypatch.setattr("rasad.counter.report_views.now", clock)
    second = cast.shop(SECOND, name="Second Store")
    cast.ashas_card()
    cast.card(cast.BINODS_CARD, cast.person("Binod", BINODS_AADHAAR), tagged_to=second.number)
    cast.card(DINUS_CARD, cast.person("Dinu"))
    sold(world, wheat=5_000, pulses=500)
    selling.reverse(sold(world, wheat=1_000), reason="weighed wrongly", by="ravi", at=cast.at(13))
    sold(world, DINUS_CARD, by_finger=False, wheat=2_000)
    sold(world, cast.BINODS_CARD, of=BINODS_AADHAAR, wheat=3_000)
    one = guests.guest()
    guests.finger(one, world)
    guests.sell(one, rice=6_000, wheat=2_000)
    sold(world, shop=SECOND, wheat=4_000)
    ElsewhereLift.objects.create(
        reservation=uuid4(), holder=cast.CARD, month="2026-11", state="IN-BR", shop="Gaya",
        lines={"wheat": 1_500}, at=cast.NOON,
    )  # fmt: skip
    return second


def sold(world, number=cast.CARD, *, shop=RAVIS, of=cast.ASHA, by_finger=True, **grams):
    shown = cast.visit(number, shop_number=shop)
    if by_finger:
        cast.finger(shown, world, of=of)
    # A card without Aadhaar and without a mobile has no step to take.
    return Sale.objects.get(pk=cast.sell(shown, **grams).id)


def text(answer, *, status=200):
    """What stands on the page, without its marks and charts."""
    assert answer.status_code == status
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    main = re.sub(r"<svg.*?</svg>", " ", main, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def lines(answer):
    assert answer.status_code == 200
    return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode().lstrip("\ufeff"))))


def test_sales_by_shop_leave_out_what_was_taken_back(meena, month):
    said = text(client_of(meena).get("/reports?month=2026-11"))

    assert (
        "5 sales 5 cards and tokens served, counted at each shop ₹60.00 paid by families 1 sales taken back"
        in said
    )
    assert re.search(r"Ravi Store 106300100001 4 4 ₹\S+ Pulses 0.5 kg, Rice 6 kg, Wheat 12 kg 1", said)
    assert re.search(r"Second Store 106300100002 1 1 ₹8.00 Wheat 4 kg 0", said)


def test_quantity_and_money_by_commodity_and_allocation(headquarters, month):
    rows = lines(
        client_of(staff("hq", "headquarters", ("state", "6"))).get(
            f"/reports/sales.csv?month=2026-11&district={HISAR}"
        )
    )

    assert rows[0][3:] == ["Goods", "Allocation", "Sales", "Quantity", "Unit", "Rupees"]
    assert [row[1:] for row in rows[1:]] == [
        [RAVIS, "Ravi Store", "Pulses", "State scheme", "1", "0.5", "kg", "10.00"],
        [RAVIS, "Ravi Store", "Rice", "Food Security Act (NFSA)", "1", "6", "kg", "18.00"],
        [RAVIS, "Ravi Store", "Wheat", "Food Security Act (NFSA)", "4", "12", "kg", "24.00"],
        [SECOND, "Second Store", "Wheat", "Food Security Act (NFSA)", "1", "4", "kg", "8.00"],
    ]


@pytest.mark.req("R-POS-23")
def test_number_and_share_of_each_mode(meena, month):
    said = text(client_of(meena).get("/reports/modes?month=2026-11"))

    assert "Ravi Store 106300100001 4 3 (75%) 0 (0%) 1 (25%)" in said
    assert "Second Store 106300100002 1 1 (100%) 0 (0%) 0 (0%)" in said
    assert "No mobile is seeded 1 (100%)" in said


@pytest.mark.req("R-POS-23")
def test_modes_as_a_file(meena, month):
    rows = lines(client_of(meena).get("/reports/modes.csv?month=2026-11"))

    assert [row[1:] for row in rows[1:]] == [
        [RAVIS, "Ravi Store", "4", "3", "0", "1", "75.0", "0.0", "25.0"],
        [SECOND, "Second Store", "1", "1", "0", "0", "100.0", "0.0", "0.0"],
    ]


def test_portability_in_and_out(meena, month):
    said = text(client_of(meena).get("/reports/portability?month=2026-11"))

    assert "Ravi Store 106300100001 3 kg 1 sale 8 kg 1 sale 4 kg 1 sale 1.5 kg 1 sale 5.5 kg" in said
    assert "Second Store 106300100002 4 kg 1 sale – 3 kg 1 sale – 1 kg" in said


@pytest.mark.req("R-PRT-17")
def test_what_other_states_cards_took_is_told_for_additional_allocation(meena, month):
    client = client_of(meena)

    said = text(client.get("/reports/additional-allocation?month=2026-11"))
    rows = lines(client.get("/reports/additional-allocation.csv?month=2026-11"))

    assert "8 kg given to cards of other States 1 shops that gave it" in said
    assert [row[1:] for row in rows[1:]] == [
        [RAVIS, "Ravi Store", "West Bengal", "Rice", "Food Security Act (NFSA)", "1", "1", "6"],
        [RAVIS, "Ravi Store", "West Bengal", "Wheat", "Food Security Act (NFSA)", "1", "1", "2"],
    ]


def test_balances_of_the_cards_of_a_shop(meena, month):
    cast.card("069900000045", cast.person("Late"))

    said = text(client_of(meena).get("/reports/balances?month=2026-11"))
    rows = lines(client_of(meena).get("/reports/balances.csv?month=2026-11"))

    assert "4 cards tagged to these shops 1 cards that have the whole month left" in said
    assert [row[1:] for row in rows[1:]] == [
        [RAVIS, "Ravi Store", "Pulses", "kg", "2", "5", "0.5", "0", "4.5"],
        [RAVIS, "Ravi Store", "Wheat", "kg", "2", "20", "11", "0", "9"],
        [SECOND, "Second Store", "Pulses", "kg", "1", "2.5", "0", "0", "2.5"],
        [SECOND, "Second Store", "Wheat", "kg", "1", "5", "3", "0", "2"],
    ]


def test_balances_of_one_shop_are_card_by_card(meena, month):
    said = text(client_of(meena).get(f"/reports/balances?month=2026-11&shop={RAVIS}"))

    assert "XXXXXXXX0042 Wheat 15 kg 9 kg 0 kg 6 kg" in said
    assert "Second Store" not in said


def test_sales_without_authentication_are_listed(meena, month):
    said = text(client_of(meena).get("/reports/unauthenticated?month=2026-11"))

    assert re.search(
        r"12 November 2026, 12:00 \S+ Ravi Store 106300100001 XXXXXXXX0044 No mobile is seeded Yes", said
    )
    assert "XXXXXXXX0042" not in said


@pytest.mark.req("R-POS-14")
def test_members_without_a_seed_or_validation_are_listed(meena, month):
    cast.card("069900000046", cast.person("Elina", "999990501894", is_validated=False), tagged_to=SECOND)

    said = text(client_of(meena).get("/reports/ekyc"))

    assert "Dinu XXXXXXXX0044 Ravi Store 106300100001 not linked" in said
    assert "Elina XXXXXXXX0046 Second Store 106300100002 not validated" in said
    assert "Asha" not in said


def test_families_who_went_without_for_want_of_stock_are_listed(meena, month, world):
    cast.shop("106300100003", name="Empty Store", stock=1_000)
    shown = cast.visit(shop_number="106300100003")
    cast.finger(shown, world)
    with pytest.raises(Refused):
        cast.sell(shown, wheat=3_000)

    said = text(client_of(meena).get("/reports/not-supplied?month=2026-11"))

    assert "12 November 2026, 12:00 Empty Store 106300100003 XXXXXXXX0042 Wheat 3 kg 1 kg" in said


def test_refusal_written_in_another_form_is_shown_as_it_is(meena, month):
    Refusal.objects.create(
        visit=uuid4(), shop_id=RAVIS, holder=cast.CARD, month="2026-11", code="stock_short",
        facts={"commodity": "Millet", "asked": "some"}, at=cast.NOON,
    )  # fmt: skip

    assert "Millet some –" in text(client_of(meena).get("/reports/not-supplied?month=2026-11")).replace(
        "—", "–"
    )


@pytest.mark.req("R-ALO-16")
def test_stock_register_of_a_district_is_by_shop_and_of_a_shop_by_day(meena, month):
    client = client_of(meena)

    rows = lines(client.get("/reports/stock.csv?month=2026-11"))
    said = text(client.get(f"/reports/stock?month=2026-11&shop={SECOND}"))

    assert [row[2:] for row in rows[1:4]] == [
        ["Ravi Store", "Pulses", "State scheme", "kg", "0", "1000", "0.5", "0", "0", "999.5"],
        ["Ravi Store", "Rice", "Food Security Act (NFSA)", "kg", "0", "1000", "6", "0", "0", "994"],
        ["Ravi Store", "Wheat", "Food Security Act (NFSA)", "kg", "0", "1000", "13", "1", "0", "988"],
    ]
    assert "12 November 2026 Wheat Food Security Act (NFSA) 0 kg 1,000 kg 4 kg 0 kg 0 kg 996 kg" in said


@pytest.mark.req("R-POS-21")
def test_sales_register_is_a_file_with_every_line(meena, month):
    rows = lines(client_of(meena).get(f"/reports/sales-register.csv?month=2026-11&shop={RAVIS}"))

    assert len(rows) == 8
    assert ["2026-11-12", "XXXXXXXX0042", "Card of this shop", "Finger", "Wheat", "5"] in [
        [row[3], *row[5:9], row[10]] for row in rows
    ]
    assert [row[-1] for row in rows[1:]].count("Yes") == 1
    assert ["IN-WB XXXXXXXX0101", "Card of another State (IMPDS)"] in [row[5:7] for row in rows]


def test_another_month_is_empty_and_says_so(meena, month):
    client = client_of(meena)

    assert "Nothing was sold in this month" in text(client.get("/reports?month=2026-10"))
    assert "Every sale of this month was authenticated" in text(client.get("/reports/modes?month=2026-10"))
    assert "Nothing was given to cards of other States" in text(
        client.get("/reports/additional-allocation?month=2026-10")
    )
    assert "No sale was refused for want of stock" in text(client.get("/reports/not-supplied?month=2026-10"))
    assert "Ravi Store 106300100001 – – – – 0 kg" in text(client.get("/reports/portability?month=2026-10"))


def test_strangers_see_none_of_it(stranger, month):
    client = client_of(stranger)

    for page in PAGES:
        said = text(client.get(f"/reports{page}?month=2026-11&district={HISAR}"))
        assert "Ravi" not in said
        assert "0042" not in said
        assert client.get(f"/reports{page}?shop={RAVIS}").status_code == 404


def test_files_of_others_are_not_there(stranger, month):
    client = client_of(stranger)

    for report in FILES:
        assert len(lines(client.get(f"/reports/{report}.csv?month=2026-11&district={HISAR}"))) == 1
        assert client.get(f"/reports/{report}.csv?shop={RAVIS}").status_code == 404


def test_dealer_sees_the_own_shop_only(ravi, month):
    for page in PAGES:
        assert "Second Store" not in text(client_of(ravi).get(f"/reports{page}?month=2026-11"))


def test_auditor_sees_figures_but_no_card_and_no_name(auditor, month):
    for page in PAGES:
        for query in ("?month=2026-11", f"?month=2026-11&shop={RAVIS}"):
            said = text(client_of(auditor).get(f"/reports{page}{query}"))
            assert "XXXX" not in said
            assert "Dinu" not in said


@pytest.mark.parametrize("role", ["unit_committee", "local_committee"])
def test_committees_have_no_reports(month, role):
    member = staff("kiran", role, ("place", f"{HISAR}9"))

    assert client_of(member).get("/reports").status_code == 403


def test_taking_a_file_is_written_into_the_journal(meena, month):
    lines(client_of(meena).get("/reports/modes.csv?month=2026-11"))

    entry = Entry.objects.filter(action="shop.exported").latest("pk")
    assert (entry.of_key, entry.by) == ("report_modes", "meena")
    assert entry.facts["narrowed_by"] == {"month": "2026-11", "district": HISAR}


def test_dealer_and_auditor_take_no_files(ravi, auditor, month):
    for reader in (ravi, auditor):
        assert client_of(reader).get("/reports/sales.csv").status_code == 403


def test_unknown_file_is_not_there(meena, month):
    assert client_of(meena).get("/reports/secrets.csv").status_code == 404


def test_more_shops_and_sales_ask_the_database_no_more_often(meena, month, world):
    client = client_of(meena)
    few = asked_of_each(client)
    for number in range(3, 6):
        cast.shop(f"10630010000{number}", name=f"Store {number}")
        cast.card(f"06990000005{number}", cast.person(f"Fatima {number}"), tagged_to=f"10630010000{number}")
        shown = cast.visit(f"06990000005{number}", shop_number=f"10630010000{number}")
        cast.sell(shown, wheat=1_000)

    assert asked_of_each(client) == few


def asked_of_each(client):
    """How often each page asks the database, once it has its names in memory."""
    found = {}
    for page in PAGES:
        client.get(f"/reports{page}?month=2026-11")
        with CaptureQueriesContext(connection) as questions:
            client.get(f"/reports{page}?month=2026-11")
        found[page] = len(questions)
    return found


def test_reports_are_in_hindi(meena, month):
    client = client_of(meena)
    heads = ("दुकानवार बिक्री", "परिवारों ने कार्ड अपना होना कैसे दिखाया", "पोर्टेबिलिटी", "कार्डों पर कितना शेष है")

    for page, words in zip(("", "/modes", "/portability", "/balances"), heads, strict=True):
        answer = client.get(f"/reports{page}?month=2026-11", headers={"accept-language": "hi"})
        assert words in text(answer)
