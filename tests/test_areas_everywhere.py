"""Every address as every role: what lies in another district does not exist, in pages, counts, lists, files and papers.

The list is made from the map of addresses. An address with a place for a number has to name here an object of the
other district; one that does not fails the test.
"""

import io
from datetime import UTC, date, datetime
from uuid import UUID

import pypdf
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rasad.accounts.models import Area, Role
from rasad.accounts.roles import AREA_KINDS
from rasad.applications.models import Application, Document
from rasad.counter.models import Sale, StockChange, Visit
from rasad.delivery.models import Committee, HandOverList, RegularCardRequest, Step
from rasad.desk.models import Appeal, ShopChoice
from rasad.families.models import MobileChange
from rasad.grievances.models import Complaint, Measure, Sitting
from rasad.jobs.models import Job, JobRow
from rasad.matching.models import Look, Pair
from rasad.outbox.models import Message
from rasad.oversight.models import AayEntry, Campaign, Objection, PenalReferral, Suspicion, TakenList
from rasad.registry import life
from rasad.registry.models import Card, CardCategory, Household, Membership, Person, Place
from rasad.relief.models import Review, RowPerson, SourceRow, Token
from rasad.shops.models import Device, Shop
from tests.cast import ELSEWHERE, HISAR, client_of, staff
from tests.oversight.elsewhere import CASE, LIST, under_review
from tests.relief.cast import CARD, FARAWAY, HANSI, SHOP, SHOP_ELSEWHERE, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
NOON = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)
KEY = UUID(int=7)
# Every word of the other district that must never be read: names of people, places and shops, numbers, telephones.
SECRET = "Zebunnisa"
CARD_ELSEWHERE = "007199990001"
SECRETS = (
    SECRET, CARD_ELSEWHERE, "9876599999", "Zirakpur", "071-00000-00001-1", FARAWAY, SHOP_ELSEWHERE, "far-officer",
)  # fmt: skip
OWN = {"state": "6", "district": HISAR, "place": HANSI, "shop": SHOP}

# Open to everybody, asked by programs that sign, or about nobody: other tests look at these.
ELSEWHERE_TESTED = {"web", "portal", "counter_api", "impds_home", "help_me_api"}
AT_THE_DOOR = {"accounts:log_in", "accounts:code", "accounts:set_up", "accounts:log_out"}
# For each address with a place for something: an object of the other district.
FOREIGN: dict[str, dict[str, object]] = {
    "accounts:member": {"username": "far-officer"}, "accounts:close": {"username": "far-officer"},
    "accounts:reopen": {"username": "far-officer"}, "accounts:reset": {"username": "far-officer"},
    **{f"jobs:{name}": {"key": KEY} for name in ("one", "rows_file", "cancel", "retry")},
    **{f"shops:{name}": {"number": SHOP_ELSEWHERE} for name in ("one", "days", "hours", "close", "reopen", "enrol")},
    **{f"shops:{name}": {"key": KEY} for name in ("device", "revoke")},
    **{f"relief:{name}": {"number": FARAWAY} for name in ("token", "token_pdf")},
    "relief:shop": {"number": SHOP_ELSEWHERE}, "relief:place": {"code": "62001"},
    "delivery:printed": {"key": KEY}, "desk:back": {"act": KEY},
    "desk:move": {"number": FARAWAY}, "desk:empty": {"number": SHOP_ELSEWHERE},
    **{f"delivery:{name}": {"number": "71-L"} for name in ("list_sheet", "list", "list_back")},
    **{f"delivery:{name}": {"number": FARAWAY} for name in ("token", "answer", "whatsapp", "my_paper", "my_card")},
    **{f"families:{name}": {"number": CARD_ELSEWHERE} for name in ("one", "print", "mobile")},
    "families:mobile_code": {"number": CARD_ELSEWHERE, "pk": 1},
    **{
        f"applications:{name}": {"number": "26000000077"}
        for name in (
            "one", "visit", "slip", "letter", "issued", "open", "ask_back", "supply", "verify", "approve", "reject",
            "delay", "collect", "withdraw", "my_slip", "my_letter", "my_withdraw",
        )
    },
    **{f"grievances:{name}": {"number": "G260000077"} for name in ("one", "act")},
    **{f"oversight:{name}": {"number": CASE} for name in ("case", "notice_pdf", "refer", "my_answer", "my_notice")},
    "oversight:act": {"number": CASE, "name": "clear"},
    **{
        f"oversight:{name}": {"number": LIST}
        for name in ("aay_list", "sheet", "candidate", "resolve", "object", "propose", "confirm")
    },
    **{
        f"counter:{name}": {"key": KEY}
        for name in (
            "family", "consent", "finger", "skip_finger", "code", "send_code", "without", "stuck", "quantities",
            "receipt", "receipt_pdf", "reverse", "change",
        )
    },
}  # fmt: skip
# By their primary key, which is known once they are made.
BY_KEY = {
    "outbox:drop": Message, "relief:row": SourceRow, "desk:review": Review, "desk:decide_review": Review,
    "desk:confirm_review": Review, "desk:reopen_review": Review, "desk:new_appeal": SourceRow, "desk:appeal": Appeal,
    "desk:decide_appeal": Appeal, "desk:confirm_appeal": Appeal, "desk:call_back": SourceRow,
    "applications:paper": Document,
    **{f"matching:{name}": Pair for name in ("one", "judge", "confirm", "back")},
    **{
        f"oversight:{name}": Campaign
        for name in ("campaign", "start", "upload", "add", "report", "publish", "close", "give_up")
    },
    "oversight:list_rows": TakenList,
    **{f"grievances:{name}": Sitting for name in ("sitting", "add_measure")}, "grievances:finish_measure": Measure,
    "oversight:visit": Suspicion, "oversight:match": Suspicion, "oversight:end_referral": PenalReferral,
    "oversight:decide_objection": Objection, "oversight:printed": AayEntry,
}  # fmt: skip
# Of the whole State by their nature: schemes and runs name nobody.
OF_THE_STATE = {
    "relief:run", "relief:run_progress", "desk:emergency", "desk:upload", "desk:trial", "desk:open", "desk:run",
    "desk:close", "desk:take_up", "counter:notice_pdf", "counter_reports:file", "applications:new",
    "applications:form", "applications:apply_for", "oversight:reevaluation", "oversight:plan_review",
}  # fmt: skip
REPORTS = ("sales", "modes", "portability", "additional-allocation", "balances", "stock")


def addresses(patterns=None, within=""):
    """Every name of an address, with its pattern."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            name = f"{within}{one.namespace}:" if one.namespace else within
            yield from addresses(one.url_patterns, name)
        elif isinstance(one, URLPattern):
            yield f"{within}{one.name}", one


def tested():
    """Those this test is about."""
    return {
        name: one
        for name, one in addresses()
        if name.partition(":")[0] not in ELSEWHERE_TESTED and name not in AT_THE_DOOR
    }


def _on_its_way(token):
    ShopChoice.objects.create(
        act=KEY, token=token, kind="chosen", from_state="awaiting_shop", from_reason="no_capacity",
        to_shop=SHOP_ELSEWHERE, by="far-officer", at=NOON,
    )  # fmt: skip
    committee = Committee.objects.create(kind="local", code="LC-71", name=SECRET, district_code=ELSEWHERE)
    HandOverList.objects.create(
        number="71-L", scheme="drt_2020", district_code=ELSEWHERE, committee=committee, tokens=1,
        received_by=SECRET, made_by="far-officer", made_at=NOON,
    )  # fmt: skip
    Step.objects.create(token=token, kind="printed", hand="dfsc", by="far-officer", at=NOON)
    RegularCardRequest.objects.create(token=token, district_code=ELSEWHERE, by="citizen", at=NOON)
    job = Job.objects.create(
        id=KEY, kind="relief.push_again", args={}, district_code=ELSEWHERE, by="far-officer", created_at=NOON,
        seen_at=NOON,
    )  # fmt: skip
    JobRow.objects.create(job=job, key=FARAWAY, outcome="sent", at=NOON)


def _on_a_card(place):
    home = Household.objects.create(
        place=place, district_code=ELSEWHERE, address=SECRET, family_id="9FAR0001"
    )
    card = Card.objects.create(
        number=CARD_ELSEWHERE, household=home, shop_number=SHOP_ELSEWHERE, during=(date(2016, 1, 1), None)
    )
    CardCategory.objects.create(card=card, category="OPH", during=(date(2016, 1, 1), None))
    person = Person.objects.create(name=SECRET, mobile="9876599999")
    life.add_member(household=home, person=person, relation="self", on=date(2016, 1, 1), is_head=True)
    MobileChange.objects.create(
        pk=1, card=card, person=person, line=1, mobile="9876599998", proof="paper", proof_shown=SECRET,
        by="far-officer", asked_at=NOON,
    )  # fmt: skip


def _at_the_counter(shop):
    Device.objects.create(
        id=KEY, shop=shop, name=SECRET, public_key=b"far", enrolled_at=NOON, enrolled_by="far-officer"
    )
    Visit.objects.create(
        id=KEY, shop=shop, kind="token", holder=FARAWAY, month="2020-05", opened_at=NOON, until=NOON
    )
    Sale.objects.create(
        id=KEY, shop=shop, kind="token", holder=FARAWAY, month="2020-05", category="OPH", members=3,
        mode="unauthenticated", why="no_mobile_seeded", amount=0, at=NOON, digest=b"", lane=0, seal=0,
    )  # fmt: skip
    StockChange.objects.create(
        id=KEY, shop=shop, commodity="wheat", allocation="NFSA", quantity=1, reason=SECRET,
        proposed_by="far-officer", proposed_at=NOON,
    )  # fmt: skip


def _alike():
    """Two people of the other district that look like one."""
    people, cards = [], []
    for number in ("071999900001", "071999900002"):
        home = Household.objects.create(place=Place.objects.get(code="62001"), district_code=ELSEWHERE)
        people.append(Person.objects.create(name=SECRET))
        Membership.objects.create(household=home, person=people[-1], line=1, during=(NOON.date(), None))
        cards.append(Card.objects.create(number=number, household=home, during=(NOON.date(), None)))
    look = Look.objects.create(district_code=ELSEWHERE, asked_by="far-officer", asked_at=NOON)
    return Pair.objects.create(
        look=look, left=people[0], right=people[1], left_card=cards[0], right_card=cards[1], weight=9,
        reasons=["same_name"], district_code=ELSEWHERE,
    )  # fmt: skip


def _at_the_office():
    asked = Application.objects.create(
        number="26000000077", service="new_card", district_code=ELSEWHERE, place=Place.objects.get(code="62001"),
        applicant=SECRET, mobile="9876599999", channel="counter", registered_by="far-officer", made_at=SECRET,
        address=SECRET, received_at=NOON, received_on=NOON.date(), due_on=NOON.date(),
    )  # fmt: skip
    Complaint.objects.create(
        number="G260000077", kind="delay", about=asked.number, district_code=ELSEWHERE, words=SECRET, name=SECRET,
        way="counter", goes_to="dfsc", received_at=NOON, received_by="far-officer", acknowledge_by=NOON.date(),
        reply_by=NOON.date(),
    )  # fmt: skip
    sitting = Sitting.objects.create(
        district_code=ELSEWHERE, committee=SECRET, held_on=NOON.date(), note=SECRET, by="far-officer", at=NOON
    )
    measure = Measure.objects.create(
        sitting=sitting, kind="quality", problem=SECRET, measure=SECRET, who=SECRET, by_when=NOON.date()
    )
    paper = Document.objects.create(application=asked, kind="voter_id", digest="d", name=SECRET, at=NOON)
    return {Document: paper, Sitting: sitting, Measure: measure}


@pytest.fixture
def far(world):
    """One of everything in the other district, each with a name that must not be read."""
    token = world.tokens["far"]
    Token.objects.filter(pk=token.pk).update(holder_name=SECRET, mobile="9876599999", state="published")
    Place.objects.filter(code="62001").update(name="Zirakpur")
    Token.objects.filter(pk=token.pk).update(place_name="Zirakpur", address=SECRET)
    shop = Shop.objects.get(number=SHOP_ELSEWHERE)
    Shop.objects.filter(pk=shop.pk).update(name=f"{SECRET} Depot", dealer_name=SECRET)
    row = SourceRow.objects.create(
        run=world.run, scheme="drt_2020", source="SARAL", reference="S-77", line=1, holder_name=SECRET,
        district_code=ELSEWHERE, outcome="refused", reason="on_free_card", place_code="62001",
    )  # fmt: skip
    SourceRow.objects.filter(pk=world.rows["far"].pk).update(holder_name=SECRET)
    RowPerson.objects.create(row=row, line=1, name=SECRET)
    waiting = SourceRow.objects.create(
        run=world.run, scheme="drt_2020", source="SARAL", reference="S-78", line=1, holder_name=SECRET,
        district_code=ELSEWHERE, outcome="in_review", reason="not_verified", forwarded_by="x", forwarded_at=NOON,
    )  # fmt: skip
    made = {
        Review: Review.objects.create(
            token=token, district_code=ELSEWHERE, card_number=CARD, card_category="AAY", weight=5, reasons=[]
        ),
        Appeal: Appeal.objects.create(
            row=row, district_code=ELSEWHERE, words=SECRET, opened_by="far-officer", opened_at=NOON
        ),
        Message: Message.objects.create(
            system="ppp",
            kind="token_issued",
            about=FARAWAY,
            district_code=ELSEWHERE,
            created_at=NOON,
            state="dead",
        ),
        SourceRow: row,
        "waiting": waiting,
    }
    made |= _at_the_office()
    made[Pair] = _alike()
    made |= under_review(ELSEWHERE, place="62001", secret=SECRET, at=NOON)
    _on_its_way(token)
    _at_the_counter(shop)
    _on_a_card(Place.objects.get(code="62001"))
    staff("far-officer", "dfsc", ("district", ELSEWHERE), name=SECRET)
    return made


def foreign(name, far):
    """What fills an address so that it names an object of the other district."""
    if name in BY_KEY:
        kind = "waiting" if name == "desk:call_back" else BY_KEY[name]
        return {"pk": far[kind].pk}
    return FOREIGN[name]


def read(answer):
    """All that an answer lets somebody read, also in a PDF."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.get("Content-Type", "").startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return body.decode("utf-8", "replace") + str(answer.headers)


def everybody():
    """Each role, bound to each kind of area it may be bound to, but for the whole State."""
    return [(role, kind) for role in Role for kind in AREA_KINDS[role] if kind != Area.Kind.STATE]


def test_every_address_with_a_number_names_an_object_of_another_district():
    wanted = {name for name, one in tested().items() if one.pattern.converters}

    assert wanted == set(FOREIGN) | set(BY_KEY) | OF_THE_STATE


@pytest.mark.req("R-ACT-06", "R-NFR-03")
@pytest.mark.parametrize(("role", "kind"), everybody(), ids=str)
def test_object_of_another_district_does_not_exist(far, role, kind):
    client = client_of(staff("own", role, (kind, OWN[kind])))
    told = {}
    for name in sorted({*FOREIGN, *BY_KEY}):
        address = reverse(name, kwargs=foreign(name, far))
        for method in (client.get, client.post):
            answer = (
                method(address, {"why": "x", "answer": "same", "reason": "x"})
                if method == client.post
                else method(address)
            )
            seen = [word for word in SECRETS if word in read(answer).replace(address, "")]
            if answer.status_code not in (302, 403, 404, 405) or seen:
                told[name, method.__name__] = (answer.status_code, seen)

    assert told == {}


@pytest.mark.req("R-ACT-06", "R-DRT-15", "R-NFR-03")
@pytest.mark.parametrize(("role", "kind"), everybody(), ids=str)
def test_lists_counts_and_files_tell_nothing_of_another_district(far, role, kind):
    client = client_of(staff("own", role, (kind, OWN[kind])))
    plain = [name for name, one in tested().items() if not one.pattern.converters]
    asked = [reverse(name) for name in plain] + [
        reverse("counter_reports:file", kwargs={"report": report}) for report in REPORTS
    ]
    asked += [
        f"{reverse(name)}?q={SECRET}&district={ELSEWHERE}&token={FARAWAY}&committee=LC-71&shop={SHOP_ELSEWHERE}"
        for name in plain
    ]
    told = {}
    for address in asked:
        answer = client.get(address)
        body = read(answer) if answer.status_code == 200 else ""
        given = address.partition("?")[2]
        # What was typed may stand in its own field again.
        seen = [word for word in SECRETS if word in body and word not in given]
        if answer.status_code >= 500 or seen:
            told[address] = (answer.status_code, seen)

    assert told == {}


@pytest.mark.req("R-ACT-06")
@pytest.mark.parametrize(("role", "kind"), everybody(), ids=str)
def test_nothing_of_another_district_is_changed(far, role, kind):
    client = client_of(staff("own", role, (kind, OWN[kind])))
    for name in ("desk:choose", "desk:forward_go", "outbox:replay", "delivery:make_list"):
        client.post(
            reverse(name),
            {
                "token": FARAWAY,
                "row": far["waiting"].pk,
                "message": far[Message].pk,
                "shop": SHOP,
                "committee": "LC-71",
            },
        )

    assert Token.objects.get(number=FARAWAY).state == "published"
    assert Message.objects.get(pk=far[Message].pk).state == "dead"
    assert Appeal.objects.get().state == "open"
    assert not Step.objects.filter(kind="given").exists()


def test_nobody_without_a_log_in_reads_anything(far):
    client = Client()
    open_ = [name for name, one in tested().items() if not one.pattern.converters]

    assert [name for name in open_ if any(word in read(client.get(reverse(name))) for word in SECRETS)] == []
