"""Every page of the map of addresses is valid HTML: with one of everything and with several, refused, and in Hindi."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from rasad.accounts.models import Area, Role
from rasad.delivery.views.citizen import SHOWN
from rasad.policy.relief import scheme
from rasad.relief.models import Emergency, Token
from tests.cast import ELSEWHERE, HISAR, NOON, client_of, staff
from tests.relief.cast import RUN_KEY, world
from tests.test_areas_everywhere import BY_KEY, FOREIGN, addresses, far, foreign
from tests.web.addresses import REAL
from tests.web.crowd import Crowd
from tests.web.test_questions import pages
from tests.web.valid import faults

__all__ = ["far", "world"]
pytestmark = pytest.mark.django_db
# Whoever has most comes first: a page is looked at as the first of them who has it.
READERS = (
    (Role.DFSC, Area.Kind.DISTRICT, ELSEWHERE), (Role.HEADQUARTERS, Area.Kind.STATE, "6"),
    (Role.DISTRICT_ADMINISTRATION, Area.Kind.DISTRICT, ELSEWHERE), (Role.LOCAL_COMMITTEE, Area.Kind.PLACE, "62001"),
    (Role.DEALER, Area.Kind.SHOP, "107100100001"),
)  # fmt: skip
APPS = {"desk", "delivery", "relief", "outbox", "jobs"}
# Their addresses without a page: of a file, or asked by POST. (An own token's page is looked at on its own.)
NO_PAGES = {
    "jobs:rows_file", "jobs:cancel", "jobs:retry", "outbox:refused_file", "outbox:replay", "outbox:drop",
    "relief:tokens_file", "relief:rows_file", "relief:token_pdf", "delivery:papers", "delivery:print_start",
    "delivery:printed", "delivery:make_list", "delivery:list_sheet", "delivery:list_back", "delivery:answer",
    "delivery:whatsapp", "delivery:whatsapp_marked", "delivery:my_code", "delivery:leave", "delivery:my_paper",
    "delivery:my_card", "desk:choose",
    "desk:back", "desk:decide_review", "desk:confirm_review", "desk:reopen_review", "desk:decide_appeal",
    "desk:confirm_appeal", "desk:push_again", "desk:upload", "desk:trial", "desk:open", "desk:run", "desk:close",
    "desk:take_up", "desk:forward_go", "desk:call_back",
}  # fmt: skip
# Nobody is known there afterwards.
LEAVES = {"delivery:leave"}
# Among what is looked at once it was refused, these at least.
FORMS = {
    "desk:survey", "desk:tweet", "desk:tweets_file", "desk:new_emergency", "desk:choose", "desk:move", "desk:empty",
    "desk:decide_review", "desk:decide_appeal", "delivery:answer", "outbox:drop", "jobs:cancel", "not there",
    "not for this role",
}  # fmt: skip


def filled(name, far):
    """The address with something of the other district in each place; None for a program's."""
    if name in BY_KEY or name in FOREIGN:
        return reverse(name, kwargs=foreign(name, far))
    for given in ({}, {"key": RUN_KEY}, {"code": "flood_2020"}, {"report": "sales"}):
        try:
            return REAL.get(name) or reverse(name, kwargs=given)
        except NoReverseMatch:
            continue
    return None


def page_in(answer):
    """The HTML an answer holds, whatever its status."""
    return answer.text if answer.get("Content-Type", "").startswith("text/html") and answer.content else ""


def first_page(clients, address, method="get", wanted=(200,)):
    """The page of the first reader who gets one; none of an address that has a file, or none for this method."""
    for client in clients:
        answer = getattr(client, method)(address, headers={"accept-language": "en"})
        if answer.status_code in (*wanted, 200, 405):
            return page_in(answer) if answer.status_code in wanted else ""
    return ""


@pytest.fixture
def clients(far):
    """One of each role of the other district, and a scheme that is drafted."""
    draft = scheme("drt_2020").model_dump(mode="json") | {"code": "flood_2020"}
    Emergency.objects.create(code="flood_2020", scheme=draft, made_by="kavita", made_at=NOON)
    return [client_of(staff(f"own-{role}", role, (kind, code))) for role, kind, code in READERS] + [Client()]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p><div></div></p>", ["<p><div></div></p>: unexpected-end-tag {'name': 'p'}"]),
        ("<b id=a></b><b id=a></b>", ["2 elements with the id a"]),
        ("<label for=a>Name</label><p id=a></p>", ["the label “Name” is for a, which is no control"]),
        ("<label>Name</label>", ["the label “Name” is for no control, or for several"]),
        ("<img src=x>", ["a picture without alt: x"]),
        ("<input aria-describedby=a>", ["input aria-describedby=a names nothing"]),
        ("<a href=#a>on</a>", ["a link to #a, which is not there"]),
        ("<label>Name <input></label><img src=x alt=''>", []),
    ],
)
def test_fault_of_a_page_is_found(body, found):
    assert [one.removeprefix("<!doctype html><title>x</title>") for one in faults(body)] == found


def test_form_within_a_form_is_found():
    assert "unexpected-start-tag {'name': 'form'}" in " ".join(faults("<form><form></form></form>"))


def test_every_page_is_valid(far, clients):
    seen = {name: first_page(clients, address) for name, _ in addresses() if (address := filled(name, far))}

    assert {name for name, page in seen.items() if not page and name.partition(":")[0] in APPS} == NO_PAGES
    assert {name: found for name, page in seen.items() if (found := faults(page))} == {}


def test_every_refused_form_is_valid(far, clients):
    asked = [name for name, _ in addresses() if name.partition(":")[0] in {*APPS, "shops", "counter"}]
    refused = {
        name: first_page(clients, filled(name, far), "post", (200, 400, 409, 422))
        for name in asked
        if filled(name, far) and name not in LEAVES
    }
    refused["not there"], refused["not for this role"] = (
        clients[0].get("/nowhere").text, clients[0].get("/desk/schemes").text,
    )  # fmt: skip

    assert {name for name in FORMS if not refused[name]} == set()
    assert {name: found for name, page in refused.items() if (found := faults(page))} == {}


def test_lists_of_several_are_valid_in_hindi(world, meena, headquarters):
    Crowd(world, scheme("drt_2020").model_dump(mode="json")).grow_to(2)
    imran = staff("imran", "district_administration", ("district", HISAR))
    clients = [client_of(reader) for reader in (meena, headquarters, imran)]
    found = {}
    for client in clients:
        for name, address in pages():
            page = page_in(client.get(address, headers={"accept-language": "hi"}))
            found[name] = [*found.get(name, []), *faults(page)]

    assert {name: told for name, told in found.items() if told} == {}


def test_pages_of_the_own_token_are_valid(world):
    mobile = "9876500001"
    Token.objects.update(mobile=mobile)
    client = Client(headers={"accept-language": "en"})
    client.get("/my-token")
    session = client.session
    session["citizen_asked"] = mobile
    session.save()
    assert faults(client.get("/my-token/code").text) == []

    session[SHOWN] = mobile
    session.save()
    page = client.get("/my-token").text
    assert page.count("Ravi Fair Price Shop") > 0
    assert faults(page) == []
