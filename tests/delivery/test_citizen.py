"""A citizen's own token, on the web and in the app: a telephone, a code, the token, its paper. Nobody else's."""

import re
from datetime import timedelta

import pytest
import structlog
from django.test import Client

from rasad.connectors.help_me.sandbox import HelpMeApp, RefusedError
from rasad.delivery import citizen
from rasad.delivery.models import Code, RegularCardRequest, Step
from rasad.journal.models import Entry
from rasad.relief import publishing
from rasad.relief.models import Token
from rasad.values.refused import Refused
from tests.delivery.conftest import NOON
from tests.desk.screens import at_once
from tests.relief.cast import ASHA, FARAWAY, SHOP, run, token

pytestmark = pytest.mark.django_db(transaction=True)
MOBILE, OTHERS = "9876500001", "9876500004"


@pytest.fixture(autouse=True)
def _published(desk):
    publishing.publish(Token.objects.all(), at=NOON)


def code_in(telephones, mobile=MOBILE):
    return re.search(r"\b\d{6}\b", telephones.messages_for(mobile)[-1].text)[0]


def logged_in(telephones, mobile=MOBILE):
    client = Client(headers={"accept-language": "en"})
    client.post("/my-token", {"mobile": mobile})
    client.post("/my-token/code", {"code": code_in(telephones, mobile)})
    return client


def app(system="help_me", **more):
    client = Client()

    def carry(method, path, headers, body):
        answer = client.generic(method, path, body, content_type="application/json", headers=headers)
        return answer.status_code, dict(answer.items()), answer.content

    return HelpMeApp(carry, system=system, **more)


@pytest.mark.req("R-ACT-11")
def test_citizen_sees_the_own_token_by_a_code_and_takes_its_paper(telephones):
    client = logged_in(telephones)
    page = client.get("/my-token").content.decode()
    assert "063-00000-00001-4" in page
    assert "Ravi Fair Price Shop" in page

    paper = client.get(f"/my-token/{ASHA}.pdf")
    assert paper.content.startswith(b"%PDF")
    step = Step.objects.get()
    assert (step.kind, step.hand, step.proof) == ("handed_over", "web", "otp")
    assert Token.objects.get(number=ASHA).state == "delivered"


def test_paper_taken_twice_is_handed_over_once(telephones):
    client = logged_in(telephones)
    client.get(f"/my-token/{ASHA}.pdf")
    client.get(f"/my-token/{ASHA}.pdf")

    assert list(Step.objects.order_by("pk").values_list("kind", flat=True)) == ["handed_over", "downloaded"]


def test_token_of_another_telephone_does_not_exist(telephones):
    client = logged_in(telephones)

    assert client.get(f"/my-token/{FARAWAY}.pdf").status_code == 404
    assert client.post(f"/my-token/{FARAWAY}/card").status_code == 404
    assert Client().get(f"/my-token/{ASHA}.pdf").status_code == 404


def test_telephone_without_a_token_gets_the_same_answer(telephones):
    client = Client(headers={"accept-language": "en"})
    unknown = client.post("/my-token", {"mobile": "9999900000"}, follow=True).content.decode()

    assert "a message with six digits is on its way" in unknown
    client.post("/my-token/code", {"code": code_in(telephones, "9999900000")})
    assert "No token stands on this telephone" in client.get("/my-token").content.decode()


def test_third_wrong_code_ends_it(telephones):
    client = Client(headers={"accept-language": "en"})
    client.post("/my-token", {"mobile": MOBILE})
    right = code_in(telephones)
    wrong = "000000" if right != "000000" else "111111"
    said = [client.post("/my-token/code", {"code": wrong}).content.decode() for _ in range(3)]

    assert ["2 tries are left" in said[0], "1 tries are left" in said[1], "0 tries are left" in said[2]] == [
        True
    ] * 3
    assert client.post("/my-token/code", {"code": right}).status_code == 403


def test_code_is_used_once(telephones):
    logged_in(telephones)
    again = Client()
    session = again.session
    session["citizen_asked"] = MOBILE
    session.save()

    assert again.post("/my-token/code", {"code": code_in(telephones)}).status_code == 403


def test_telephone_is_not_made_to_ring_all_day(telephones):
    client = Client(headers={"accept-language": "en"})
    for _ in range(3):
        client.post("/my-token", {"mobile": MOBILE})

    assert len(telephones.messages_for(MOBILE)) == 1


@pytest.mark.req("R-NFR-03")
def test_code_is_stored_and_journalled_nowhere(telephones):
    logged_in(telephones)
    code = code_in(telephones)

    assert code not in str(list(Code.objects.values()))
    assert code not in str(list(Entry.objects.values("facts", "reason")))


def test_regular_card_is_asked_for_with_one_click_and_once(telephones):
    client = logged_in(telephones)
    client.post(f"/my-token/{ASHA}/card")
    client.post(f"/my-token/{ASHA}/card")

    (asked,) = RegularCardRequest.objects.all()
    assert (asked.token.number, asked.district_code) == (ASHA, "63")
    assert "A regular card is asked for" in client.get("/my-token").content.decode()


@pytest.mark.req("R-DRT-14", "R-INT-09")
def test_app_shows_the_own_token_and_its_paper(telephones, portals):
    phone = app()
    assert phone.ask_code(MOBILE).sent
    (own,) = phone.tokens(MOBILE, code_in(telephones)).tokens

    assert (own.token, own.holder, own.state, own.shop.name) == (
        ASHA, "Asha Devi", "published", "Ravi Fair Price Shop",
    )  # fmt: skip
    assert own.nearest[0].number == own.shop.number
    assert phone.pdf(ASHA, own.ticket).startswith(b"%PDF")
    assert Step.objects.get().hand == "app"


def refused(asking):
    with pytest.raises(RefusedError) as error:
        asking()
    return error.value.status, error.value.code


def test_app_is_refused_with_a_code_and_a_status(telephones, portals):
    phone = app()
    assert refused(lambda: phone.tokens(MOBILE, "123456")) == (403, "code_over")
    phone.ask_code(MOBILE)
    assert refused(lambda: phone.ask_code(MOBILE)) == (429, "own_code_too_soon")
    (own,) = phone.tokens(MOBILE, code_in(telephones)).tokens
    assert refused(lambda: phone.pdf(FARAWAY, own.ticket)) == (403, "ticket_over")


def test_stranger_with_another_key_is_not_answered(portals):
    assert refused(lambda: app(key=bytes(32)).ask_code(MOBILE)) == (401, "unsigned_bad_signature")
    assert refused(lambda: app(system="ppp").ask_code(MOBILE)) == (401, "unsigned_unknown_system")


def test_what_the_app_asks_is_logged_without_telephone_or_code(telephones, portals):
    with structlog.testing.capture_logs() as logged:
        app().ask_code(MOBILE)

    told = [one for one in logged if one["event"] == "outside.exchange" and one["direction"] == "in"]
    assert [(one["system"], one["path"], one["result"], one["digest"]) for one in told] == [
        ("Help Me", "/api/help-me/v1/codes", 200, None)
    ]


def test_own_tokens_are_asked_for_as_often_for_many_as_for_one(django_assert_num_queries):
    made = run(key="d" * 64)
    for place in range(30):
        token(made, f"064{place:011d}", f"Holder {place}", shop_number=SHOP, mobile="9876500077")
    with django_assert_num_queries(5):
        own = citizen.own_tokens("9876500077", at=NOON)

    assert (len(own), {one.shop.number for one in own}) == (20, {SHOP})


def test_nobody_is_answered_where_the_app_has_no_key(telephones):
    assert Client().post("/api/help-me/v1/codes").status_code == 404


@pytest.mark.parametrize("typed", [f" {MOBILE} ", f"{MOBILE}\n", f"\t{MOBILE}"])
def test_pasted_number_of_a_telephone_is_taken(telephones, typed):
    answer = Client().post("/my-token", {"mobile": typed})

    assert (answer.status_code, answer.url) == (302, "/my-token/code")
    assert Code.objects.get().mobile == MOBILE


def test_number_with_an_end_of_line_is_unreadable_to_the_app(telephones, portals):
    with pytest.raises(RefusedError) as error:
        app().ask_code(f"{MOBILE}\n")

    assert (error.value.status, error.value.code) == (400, "unreadable")


def sent(mobile=MOBILE, at=NOON):
    return citizen.send_code(mobile, at=at)


def test_codes_asked_for_at_once_are_one_code(telephones):
    said = at_once(*(sent for _ in range(8)))

    assert sorted(str(getattr(one, "code", one)) for one in said) == ["60", *["own_code_too_soon"] * 7]
    assert (len(telephones.messages_for(MOBILE)), Code.objects.count()) == (1, 1)


def test_five_codes_in_an_hour_are_five_however_they_are_asked_for(telephones):
    for place in range(4):
        sent(at=NOON + timedelta(minutes=2 * place))
    later = NOON + timedelta(minutes=20)
    at_once(*(lambda: sent(at=later) for _ in range(5)))

    assert Code.objects.count() == 5


def test_only_the_newest_code_counts(telephones):
    sent()
    older = code_in(telephones)
    sent(at=NOON + timedelta(minutes=2))
    newer = code_in(telephones)
    at = NOON + timedelta(minutes=3)

    with pytest.raises(Refused, match="own_code_wrong"):
        citizen.check_code(MOBILE, older if older != newer else "000000", at=at)
    citizen.check_code(MOBILE, newer, at=at)
    with pytest.raises(Refused, match="code_over"):
        citizen.check_code(MOBILE, older, at=at)


def test_three_tries_are_three_however_they_come(telephones):
    sent()
    right = code_in(telephones)
    wrong = "000000" if right != "000000" else "111111"
    said = at_once(*(lambda: citizen.check_code(MOBILE, wrong, at=NOON) for _ in range(8)))

    assert sorted(one.code for one in said) == [*["code_over"] * 5, *["own_code_wrong"] * 3]
    assert sorted(one.facts.get("left", -1) for one in said) == [-1] * 5 + [0, 1, 2]
    assert Code.objects.get().wrong == 3


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("cancelled", "Two officers found that the family is on another"),
        ("expired", "Its last day was 30 June 2020"),
    ],
)
def test_token_that_has_ended_says_so_why_and_what_next(telephones, state, words):
    client = logged_in(telephones)
    Token.objects.filter(number=ASHA).update(state=state, state_before_end="published")
    page = client.get("/my-token").content.decode()

    assert ["This token has ended." in page, words in page] == [True, True]
    assert ("tel:9876500009" in page, "Ravi Fair Price Shop" in page) == (False, state == "expired")
    assert (f"{ASHA}.pdf" in page, "Ask for a regular" in page) == (False, False)
    refused = client.post(f"/my-token/{ASHA}/card")
    assert (refused.status_code, RegularCardRequest.objects.count()) == (409, 0)
    assert "Apply for a ration card" in refused.content.decode()
