"""The relief desk and the delivery of tokens in a real browser: from the four intakes to a token in hand, by each hand.

Without JavaScript, on a phone: a committee's telephone is an old one on a slow line.
"""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from rasad import wiring
from rasad.connectors.exchange import twins
from rasad.connectors.sms import sandbox as sms
from rasad.delivery.models import Committee, CommitteePlace, Step
from rasad.desk.actions import appeals
from rasad.desk.actions import shops as choices
from rasad.jobs import actions as jobs
from rasad.jobs import running
from rasad.outbox import sending
from rasad.outbox.models import Message
from rasad.relief import publishing
from rasad.relief.models import Emergency, Review, RowPerson, SourceRow, Token
from rasad.shops.models import Shop
from tests.browser.test_pages import look
from tests.cast import HISAR, client_of, staff
from tests.relief.cast import ASHA, HANSI, KAMLA, NOOR, SHOP

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOON = datetime(2020, 5, 15, 12, 0, tzinfo=wiring.INDIA)
MOBILE = "9876500001"


@pytest.fixture(autouse=True)
def _clock(monkeypatch, settings, tmp_path):
    """The books are at noon of 15 May 2020; jobs leave their files in a folder of the test."""
    settings.HOME = tmp_path
    monkeypatch.setattr(wiring, "now", lambda: NOON)
    for module in (
        "desk.views.queue", "desk.views.moves", "desk.views.reviews", "desk.views.appeals", "desk.views.forwarding",
        "desk.views.intake", "desk.views.emergencies", "delivery.views.tokens", "delivery.views.lists",
        "delivery.views.citizen", "delivery.views.board", "delivery.views.prints", "jobs.views", "outbox.views",
    ):  # fmt: skip
        monkeypatch.setattr(f"rasad.{module}.now", wiring.now)


@pytest.fixture
def telephones(settings):
    with sms.running() as running_:
        settings.SMS_URL, settings.SMS_USERNAME = running_.address, sms.ACCOUNT.username
        settings.SMS_PASSWORD, settings.SMS_SENDER = sms.ACCOUNT.password, sms.ACCOUNT.sender
        settings.SMS_KEY = sms.ACCOUNT.key
        yield running_


@pytest.fixture
def portals(settings):
    with twins.running() as running_:
        settings.PORTALS = {
            name: (twin.url, bytes.fromhex(twin.settings[f"RASAD_{name.upper()}_KEY"]))
            for name, twin in running_.by_name.items()
        }
        yield running_.by_name


@pytest.fixture
def people(world, meena, headquarters):
    """Everybody who has a hand in it, by name."""
    committee = Committee.objects.create(
        kind="local", code="LC-61001", name="Local Committee, Hansi", district_code=HISAR
    )
    CommitteePlace.objects.create(committee=committee, kind="local", place_code=HANSI)
    RowPerson.objects.create(row=world.rows["banwari"], line=1, name="Banwari Lal", sex="M", birth_year=1970)
    RowPerson.objects.create(row=world.rows["dhanpat"], line=1, name="Dhanpat", sex="M", birth_year=1980)
    return {
        "meena": meena,
        "kavita": headquarters,
        "imran": staff("imran", "district_administration", ("district", HISAR), name="Imran Khan"),
        "sarpanch": staff("sarpanch", "local_committee", ("place", HANSI), name="Ram Mehar"),
        "sewak": staff("sewak", "unit_committee", ("place", HANSI), name="Sunil"),
        "deepak": staff("deepak", "headquarters", ("state", "6"), name="Deepak"),
    }


@pytest.fixture
def phone(browser, live_server):
    """Opens a phone without JavaScript, in Hindi, on which somebody is logged in."""
    opened = []

    def as_(user=None, language="hi"):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False,
            locale=language, extra_http_headers={"Accept-Language": language},
        )  # fmt: skip
        opened.append(context)
        if user is not None:
            key = client_of(user).session.session_key
            context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        return context.new_page()

    yield as_
    for context in opened:
        context.close()


def press(page, css):
    page.locator(css).first.click()


def stands(number):
    return Token.objects.get(number=number).state


def run_over_what_was_passed_on(phone, people):
    """Headquarters takes up what the District Administrations passed on."""
    page = phone(people["kavita"])
    page.goto("/desk/schemes")
    press(page, "form[action$='take-up'] button")
    assert running.run_waiting() == 1


@pytest.mark.parametrize("language", ["en", "hi"])
def test_page_is_for_everybody(world, people, portals, log_in, shots, language):
    publishing.publish(Token.objects.all(), at=NOON)
    portals["unit_committee"].without_committee = {HANSI}
    sending.drain()
    appeal = appeals.open_appeal(
        row=world.rows["banwari"], words="We left that card in 2015.", mobile="", by="citizen", at=NOON
    )
    choices.choose_shop(
        tokens=Token.objects.filter(number=KAMLA),
        shop=Shop.objects.get(number=SHOP),
        by=people["meena"],
        at=NOON,
    )
    job = jobs.start("relief.publish", args={"scheme": "drt_2020"}, by="kavita", at=NOON)
    running.run_waiting()
    review = Review.objects.get()
    of_the_dfsc = [
        "/desk", "/desk/queue", f"/desk/queue/heap?district={HISAR}&reason=place_unknown", "/desk/acts",
        f"/desk/tokens/{ASHA}/shop", f"/desk/shops/{SHOP}/move", f"/desk/reviews/{review.pk}", "/desk/appeals",
        f"/desk/appeals/{appeal.pk}", "/desk/progress", "/desk/to-confirm", "/delivery",
        f"/delivery/tokens/{ASHA}", "/delivery/lists", "/delivery/print", "/outbox", "/outbox/refused",
    ]  # fmt: skip
    problems = [one for path in of_the_dfsc for one in look(log_in(people["meena"]), path, language, shots)]
    of_headquarters = ["/board", "/desk/schemes", "/desk/schemes/new", "/jobs", f"/jobs/{job.pk}"]
    problems += [
        one for path in of_headquarters for one in look(log_in(people["kavita"]), path, language, shots)
    ]
    for path in ("/desk/forward", "/desk/forward?done=1", "/desk/tweet", "/desk/tweets"):
        problems += look(log_in(people["imran"]), path, language, shots)
    problems += look(log_in(people["sarpanch"]), "/desk/survey", language, shots)
    problems += look(
        log_in(people["imran"]), f"/desk/rows/{world.rows['banwari'].pk}/appeal", language, shots
    )

    assert problems == []


@pytest.mark.req("R-DRT-05", "R-DRT-11", "R-DRT-13", "R-DRT-17", "R-ACT-07", "R-ACT-08", "R-ACT-09")
def test_survey_at_the_door_ends_in_a_token_handed_over_by_the_unit_committee(people, phone):
    page = phone(people["sarpanch"])
    page.goto("/desk/survey")
    page.fill("[name=name]", "पार्वती")
    page.fill("[name=age]", "41")
    page.fill("[name=members-0-name]", "रितु")
    page.fill("[name=members-0-age]", "9")
    press(page, "main form button:not([name])")
    row = SourceRow.objects.get(source="LOCAL_COMMITTEE", entered_by="sarpanch")

    page = phone(people["imran"])
    page.goto("/desk/forward?source=LOCAL_COMMITTEE")
    page.check(f"input[name=row][value='{row.pk}']")
    press(page, "form[action$='/go'] button:not([name])")
    run_over_what_was_passed_on(phone, people)
    token = Token.objects.get(holder_name="पार्वती")
    assert (token.state, token.shop_number, token.member_count) == ("published", SHOP, 2)

    page = phone(people["sewak"])
    page.goto("/delivery")
    press(page, f"a[href='/delivery/tokens/{token.number}']")
    page.check("input[name=proof][value=mark]")
    press(page, "button[value=handed_over]")
    expect(page.locator(".story")).to_contain_text("दे दिए गए")
    step = Step.objects.get(token=token, kind="handed_over")
    assert (stands(token.number), step.hand, step.proof, step.by) == (
        "delivered",
        "unit_committee",
        "mark",
        "sewak",
    )


@pytest.mark.req("R-DRT-06", "R-INT-11", "R-ACT-11")
def test_request_from_twitter_ends_in_a_token_on_the_citizens_own_telephone(people, phone, telephones):
    page = phone(people["imran"])
    page.goto("/desk/tweet")
    page.fill("[name=name]", "मोहन")
    page.fill("[name=mobile]", "9876500088")
    page.fill("[name=handle]", "@mohan")
    page.fill("[name=received_on]", "2020-05-14")
    press(page, "main form button:not([name])")
    page.goto("/desk/forward?source=CM_TWITTER")
    press(page, "form[action$='/go'] button[name=all]")
    run_over_what_was_passed_on(phone, people)

    page = phone()
    page.goto("/my-token")
    page.fill("[name=mobile]", "9876500088")
    press(page, "main form button")
    code = re.search(r"\b\d{6}\b", telephones.messages_for("9876500088")[-1].text)[0]
    page.fill("[name=code]", code)
    press(page, "main form button")
    token = Token.objects.get(holder_name="मोहन")
    assert token.state == "awaiting_shop"
    expect(page.locator("main")).to_contain_text("दुकान")

    page = phone(people["meena"])
    page.goto("/desk/queue")
    press(page, "td a[href*='/desk/queue/heap']")
    page.check(f"input[name=shop][value='{SHOP}']")
    press(page, "form[action$='/choose'] button:not([name])")
    assert Token.objects.filter(state="published", shop_number=SHOP).exists()


@pytest.mark.req("R-DRT-04", "R-DRT-16")
def test_verified_application_ends_in_a_token_on_the_local_committees_list(world, people, phone):
    page = phone(people["imran"])
    page.goto("/desk/forward?source=SARAL")
    page.check(f"input[name=row][value='{world.rows['dhanpat'].pk}']")
    press(page, "form[action$='/go'] button:not([name])")
    run_over_what_was_passed_on(phone, people)
    token = Token.objects.get(holder_name="Dhanpat")
    choices.choose_shop(
        tokens=Token.objects.filter(pk=token.pk),
        shop=Shop.objects.get(number=SHOP),
        by=people["meena"],
        at=NOON,
    )

    page = phone(people["meena"])
    page.goto("/delivery?q=Dhanpat")
    page.check(f"input[name=token][value='{token.number}']")
    page.fill("[name=received_by]", "राम मेहर")
    press(page, "button[formaction$='/make']:not([name])")
    page.select_option(f"select[name='found-{token.number}']", "handed_over")
    press(page, "form[action$='/back'] button")
    assert (stands(token.number), Step.objects.get(kind="handed_over").hand) == (
        "delivered",
        "local_committee",
    )


@pytest.mark.req("R-DRT-15")
def test_office_prints_and_sends_by_whatsapp(people, phone):
    publishing.publish(Token.objects.all(), at=NOON)
    page = phone(people["meena"])
    answer = page.request.get(f"/delivery/papers.pdf?token={ASHA}")
    assert answer.body().startswith(b"%PDF")
    page.goto(f"/delivery/tokens/{ASHA}")
    press(page, "form[action$='/whatsapp'] button")
    share = page.locator("a[href^='https://wa.me/']").get_attribute("href")
    assert share.startswith(f"https://wa.me/91{MOBILE}?text=")
    assert list(Step.objects.order_by("pk").values_list("kind", "hand")) == [
        ("printed", "dfsc"),
        ("sent", "whatsapp"),
    ]


@pytest.mark.req("R-DRT-21")
def test_refused_family_comes_to_its_remedy(world, people, phone):
    row = world.rows["banwari"]
    page = phone(people["sewak"])
    SourceRow.objects.filter(pk=row.pk).update(place_code=HANSI)
    page.goto(f"/relief/rows/{row.pk}")
    expect(page.locator("main")).to_contain_text("XXXXXXXX4567")
    press(page, f"a[href='/desk/rows/{row.pk}/appeal']")
    page.fill("[name=words]", "वह कार्ड हमारा नहीं है।")
    press(page, "main form button")

    page = phone(people["meena"])
    page.goto("/desk/appeals")
    press(page, ".offers a")
    page.fill("[name=why]", "दूसरा बनवारी लाल")
    press(page, "button[value=grant]")
    page = phone(people["kavita"])
    page.goto("/desk/to-confirm")
    press(page, ".offers a")
    press(page, "button[value=agree]")

    row.refresh_from_db()
    assert (row.outcome, row.reason) == ("token", "appeal_granted")


def test_question_is_answered_and_the_answer_taken_back(people, phone):
    page = phone(people["meena"])
    review = Review.objects.get()
    page.goto(f"/desk/reviews/{review.pk}")
    page.fill("[name=why] >> nth=0", "पिता अलग हैं")
    press(page, "button[value=different]")
    page.locator("main details summary").click()
    page.fill("main details [name=why]", "गलत पन्ना")
    press(page, "main details form button")
    review.refresh_from_db()
    assert (review.state, stands(NOOR)) == ("open", "awaiting_shop")


@pytest.mark.req("R-DRT-22")
def test_second_emergency_from_the_screens(people, phone, tmp_path):
    families = tmp_path / "families.csv"
    families.write_text(
        f"reference,district,place,received_on,card_category\nM-1,63,{HANSI},2020-05-11,APL\n"
    )
    members = tmp_path / "members.csv"
    members.write_text("reference,line,name,sex,age\nM-1,1,Asha Devi,F,40\n")
    page = phone(people["kavita"])
    page.goto("/desk/schemes/new")
    for name, text in {
        "code": "flood_2020", "title_en": "Flood Ration Token", "title_hi": "बाढ़ राशन टोकन", "first_day": "2020-05-10",
        "last_day": "2020-06-30", "order": "17 of 10.05.2020", "words": "tokens for May and June 2020",
    }.items():  # fmt: skip
        page.fill(f"[name={name}]", text)
    press(page, "main form button")
    form = page.locator("form:has(input[value=MMPSY])")
    form.locator("[name=families]").set_input_files(families)
    form.locator("[name=members]").set_input_files(members)
    form.locator("button").click()
    press(page, "form[action$='/trial'] button")
    running.run_waiting()
    page = phone(people["deepak"])
    page.goto("/desk/schemes/flood_2020")
    press(page, "form[action$='/open'] button")
    press(page, "form[action$='/run'] button")
    running.run_waiting()

    assert Emergency.objects.get().state == "open"
    assert list(Token.objects.filter(scheme="flood_2020").values_list("holder_name", "state")) == [
        ("Asha Devi", "published")
    ]


def test_dead_letter_is_seen_and_sent_again(people, phone, portals):
    portals["unit_committee"].without_committee = {HANSI}
    publishing.publish(Token.objects.filter(number=ASHA), at=NOON)
    sending.drain()
    page = phone(people["meena"])
    page.goto("/outbox")
    press(page, "td a")
    expect(page.locator("main")).to_contain_text(ASHA)
    portals["unit_committee"].without_committee = set()
    page.check("input[name=message]")
    press(page, "#again button:not([name])")
    sending.drain()

    assert not Message.objects.exclude(state="sent").exists()


def test_job_is_followed_live_until_it_ends(people, log_in):
    job = jobs.start("relief.publish", args={"scheme": "drt_2020"}, by="kavita", at=NOON)
    page = log_in(people["kavita"])
    page.goto(f"/jobs/{job.pk}?language=en")
    expect(page.locator("#progress")).to_contain_text("Waiting")
    running.run_waiting()
    expect(page.locator("#progress")).to_contain_text("Done", timeout=10_000)
