"""After a whole day at the counter: no finger, no code, no Aadhaar number in database, logs, pages or refusals."""

import logging
import re
from base64 import b64encode
from dataclasses import dataclass, field

import pytest
from django.db import connection
from lxml import etree

from rasad.connectors.aadhaar.requests import wadh
from rasad.connectors.aadhaar.residents import POSITIONS, template
from rasad.connectors.twin import Fault
from rasad.counter import ekyc, ekyc_consent, tries
from rasad.counter.models import Attempt, Sale
from rasad.registry import vault
from rasad.registry.models import VaultEntry
from rasad.relief.models import TokenMember
from rasad.values.refused import Refused
from tests.cast import client_of
from tests.counter import at_pages, cast, guests
from tests.relief import cast as relief

ROHIT, ANISHA = "999955183433", "999990501894"
NUMBERS = (cast.ASHA, cast.BINOD, cast.CHANDA, ROHIT, ANISHA)
GUEST_OF_CHANDA = "090000000103"


@dataclass
class Day:
    """Everything that must not be found, and everything that was said."""

    captured: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def refused(self, act, *given, **more):
        """Something that is refused; what the refusal says is kept."""
        with pytest.raises(Refused) as no:
            act(*given, **more)
        self.said += [str(no.value), repr(no.value), repr(no.value.facts)]
        return no.value.code


@pytest.fixture
def day(ravis, world, clock, ravi, monkeypatch, caplog, capfd):
    """A day with everything in it; what the reader gave and what the telephones showed is remembered here only."""
    made = Day()
    read = world.aadhaar.reader.capture
    monkeypatch.setattr(
        world.aadhaar.reader,
        "capture",
        lambda *given: made.captured.append(read(*given)) or made.captured[-1],
    )
    for name in ("", "django.db.backends", "httpx", "rasad"):
        caplog.set_level(logging.DEBUG, logger=name)
    connection.force_debug_cursor = True
    at_home(made, world, clock)
    at_ekyc(made, world)
    in_the_browser(made, world, client_of(ravi))
    away(made, world, clock)
    with_a_token(made, world)
    connection.force_debug_cursor = False
    made.said += [caplog.text, *capfd.readouterr()]
    return made


def at_home(day, world, clock):
    """Asha: two fingers that fail, a code that is wrong, one that is right; then one that nobody enters."""
    cast.card(
        cast.CARD, cast.person("Asha Devi", cast.ASHA, mobile=guests.ASHAS_MOBILE),
        cast.person("Kavita", cast.BINOD, is_validated=False), cast.person("Rohit"),
    )  # fmt: skip
    world.aadhaar.uidai.behave(cast.ASHA, code="500", times=1)
    shown = cast.visit()
    cast.finger(shown, world)
    cast.finger(shown, world, placed=cast.CHANDA)
    guests.code_sent(shown)
    day.codes.append(guests.code_on(world))
    guests.entered(shown, "000000", at=clock())
    guests.entered(shown, day.codes[-1], at=clock())
    cast.sell(shown, wheat=1_000)
    late = cast.visit()
    guests.at_the_code(late)
    guests.code_sent(late)
    day.codes.append(guests.code_on(world))
    guests.entered(late, day.codes[-1], at=clock.forward(seconds=61))
    world.sms.fail(Fault.RUBBISH, times=3)
    guests.code_sent(late)
    world.sms.heal()
    tries.go_without(late.visit, members=late.members, why="otp_expired", at=clock())
    cast.sell(late, wheat=1_000)
    assert day.refused(cast.sell, late, wheat=14_000) in {"more_than_left", "sale_id_reused"}


def at_ekyc(day, world):
    """Rohit's number comes onto the card, Kavita's is confirmed; a wrong number and somebody else's are refused."""
    shown = cast.visit()
    told = {"members": shown.members, "consent": ekyc.Agreed(ekyc_consent.VERSION, "hi"), "by": "ravi"}

    def seed(number, of):
        finger = world.aadhaar.captured(of, wadh=wadh("finger"))
        return ekyc.seed(shown.visit, member=3, number=number, captured=finger, at=cast.NOON, **told)

    assert day.refused(seed, "999955183434", ROHIT) == "aadhaar_wrong"
    assert day.refused(seed, cast.ASHA, cast.ASHA) == "aadhaar_of_another"
    assert day.refused(seed, ROHIT, cast.CHANDA) == "ekyc_not_confirmed"
    world.aadhaar.uidai.behave(ROHIT, status=500, times=1)
    assert day.refused(seed, ROHIT, ROHIT) == "ekyc_later"
    seed(ROHIT, ROHIT)
    finger = world.aadhaar.captured(cast.BINOD, wadh=wadh("finger"))
    ekyc.validate(shown.visit, member=2, captured=finger, at=cast.NOON, **told)


def in_the_browser(day, world, counter):
    """A finger at a home card's page; a visitor by the Aadhaar number, a wrong and a right finger, and a sale."""
    _, visit = at_pages.shown(counter)
    form = {"member": "1", "finger": "LEFT_INDEX", "captured": at_pages.pid_data(world)}
    pages = [counter.post(f"{visit}/finger", form, follow=True)]
    broken = form | {"captured": form["captured"][:-40]}
    pages.append(counter.post(f"{at_pages.shown(counter)[1]}/finger", broken, follow=True))
    pages.append(at_pages.guest(counter, aadhaar="999933119406")[0])
    visit = at_pages.agreed(counter, aadhaar=cast.CHANDA)
    pages.append(at_pages.touched(counter, world, visit, "LEFT_THUMB", uid=cast.ASHA))
    pages.append(at_pages.touched(counter, world, visit, "LEFT_INDEX", uid=cast.CHANDA))
    pages.append(counter.post(f"{visit}/quantities", {"wheat": "1", "sell": "1"}, follow=True))
    # A field that was typed wrongly is shown again to the one who typed it, and nowhere else.
    day.said += [page.content.decode() for page in pages if "999933119406" not in page.content.decode()]


def away(day, world, clock):
    """A visitor by the Aadhaar number over the domain's own door; then the gap."""
    one = guests.guest(aadhaar=ANISHA)
    guests.finger(one, world, of=cast.BINOD)
    day.refused(guests.finger, one, world)
    guests.finger(one, world, named="RIGHT_THUMB", of=ANISHA)
    guests.sell(one, rice=1_000)
    again = guests.guest(aadhaar=ANISHA, when=clock())
    guests.finger(again, world, of=ANISHA)
    assert day.refused(guests.sell, again, rice=1_000) == "portability_gap"
    assert day.refused(guests.guest, aadhaar="999990501895") == "impds_card_unknown"


def with_a_token(day, world):
    """A finger on a token in May 2020."""
    token = relief.token(relief.run(), relief.ASHA, "Asha Devi", shop_number=cast.RAVIS)
    may = cast.NOON.replace(year=2020, month=5)
    ref = vault.store_many([cast.ASHA], at=may)[0]
    TokenMember.objects.create(token=token, scheme="drt_2020", line=1, name="Asha Devi", aadhaar_ref=ref)
    shown = cast.visit(relief.ASHA, when=may)
    cast.finger(shown, world)
    cast.sell(shown, wheat=1_000, when=may)


def every_row():
    """Every row of every table as text; bytes stand there in hexadecimal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT row::text FROM {table} AS row")
            yield from ((table, text) for (text,) in cursor.fetchall())


def written(secret):
    """How a secret may stand somewhere: itself, its bytes in hexadecimal, and both in Base64."""
    content = secret if isinstance(secret, bytes) else secret.encode()
    ways = {content.hex(), content.hex().upper(), b64encode(content).decode().rstrip("=")}
    return ways | ({secret} if isinstance(secret, str) else set())


def of_a_finger(text):
    """The parts of what the reader gave that come from the finger: key, digest, sealed data."""
    root = etree.fromstring(text)
    return [element.text for element in root if etree.QName(element).localname in {"Skey", "Hmac", "Data"}]


def found_in(texts, secrets, pattern=None):
    """Which secrets stand in which texts."""
    haystack = [(where, text.replace("\\\\", "\\")) for where, text in texts]
    return [
        (where, way)
        for secret in secrets
        for way in written(secret)
        for where, text in haystack
        if (re.search(pattern.format(re.escape(way)), text) if pattern else way in text)
    ]


def check_that_the_day_had_everything(day, everywhere):
    """Else nothing would be found because nothing happened."""
    assert sorted(set(Attempt.objects.values_list("outcome", flat=True))) == [
        "capture_again", "matched", "mismatch", "not_read", "not_sent", "otp_expired", "otp_wrong", "right", "sent",
    ]  # fmt: skip
    assert sorted(Sale.objects.values_list("kind", "mode")) == [
        ("home", "mobile_otp"), ("home", "unauthenticated"), ("token", "biometric"), ("visitor", "biometric"),
        ("visitor", "biometric"),
    ]  # fmt: skip
    assert (len(day.captured) >= 14, len(day.codes), VaultEntry.objects.count()) == (True, 2, 3)
    assert any("INSERT INTO" in text for text in day.said)
    assert len({where for where, _ in everywhere}) > 25


@pytest.mark.req("R-POS-22")
def test_no_finger_no_code_and_no_number_is_kept_or_said(day):
    """One day for all of it: the story takes long to tell."""
    everywhere = [*every_row(), *(("said", text) for text in day.said)]
    check_that_the_day_had_everything(day, everywhere)
    sealed = [part for text in day.captured for part in of_a_finger(text)]
    fingers = [template(uid, one) for uid in NUMBERS for one in POSITIONS]
    spaced = [f"{one[:4]} {one[4:8]} {one[8:]}" for one in NUMBERS]

    assert len(sealed) == 3 * len(day.captured)
    assert found_in(everywhere, [*sealed, *fingers]) == []
    assert [where for where, text in everywhere if "<PidData" in text or "<Pid " in text] == []
    assert found_in(everywhere, day.codes, pattern=r"(?<![0-9A-Za-z.]){}(?![0-9A-Za-z])") == []
    assert found_in(everywhere, [*NUMBERS, *spaced]) == []
