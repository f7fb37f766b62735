"""eKYC at the shop: linked and confirmed by a finger, or nothing is changed."""

import pytest

from rasad.connectors.aadhaar.codes import CODES
from rasad.connectors.aadhaar.requests import wadh
from rasad.counter import ekyc, ekyc_consent, visits
from rasad.counter.models import Consent
from rasad.journal.models import Entry
from rasad.registry import vault
from rasad.registry.models import Person, VaultEntry
from rasad.values.refused import Refused
from rasad.web.refusals import say
from tests.counter import cast, guests

AGREED = ekyc.Agreed(ekyc_consent.VERSION, "hi")
# Those of e-KYC, and one of each way that a finger's code may lead; the others are in test_uidai_codes.py.
CODES_OF_EKYC = [*sorted(code for code in CODES if code.startswith("K-")), "300", "330", "569", "930", "998"]
ROHIT = "999955183433"


@pytest.fixture
def shown(ravis, world):
    """Rohit and his wife: no number of his is known; hers is on the card and was never confirmed."""
    cast.card(
        cast.CARD,
        cast.person("ROHIT P."),
        cast.person("Kavita", cast.BINOD, is_validated=False),
        cast.person("Asha Devi", cast.ASHA),
    )
    return cast.visit()


def read(world, of, **given):
    return world.aadhaar.captured(of, wadh=wadh("finger"), **given)


def seed(shown, world, *, number=ROHIT, of=ROHIT, member=1, consent=AGREED, captured=None, at=cast.NOON):
    return ekyc.seed(
        shown.visit, members=shown.members, member=member, number=number, consent=consent, by="ravi", at=at,
        captured=captured or read(world, of),
    )  # fmt: skip


def validate(shown, world, *, of=cast.BINOD, member=2, consent=AGREED):
    return ekyc.validate(
        shown.visit, members=shown.members, member=member, captured=read(world, of), consent=consent, by="ravi",
        at=cast.NOON,
    )  # fmt: skip


def no_of(act, *given, **more):
    with pytest.raises(Refused) as no:
        act(*given, **more)
    return no.value


def register():
    """Everything eKYC could change."""
    people = list(
        Person.objects.order_by("pk").values_list("aadhaar_ref", "aadhaar_last4", "aadhaar_validated_on")
    )
    return people, VaultEntry.objects.count(), Consent.objects.count()


@pytest.mark.req("R-POS-19", "R-POS-14")
def test_number_is_linked_and_confirmed_by_the_finger(shown, world):
    done = seed(shown, world, number="9999 5518 3433")

    assert done == ekyc.Done(1, "XXXX XXXX 3433", is_same_name=True)
    person = Person.objects.get(name="ROHIT P.")
    assert (bytes(person.aadhaar_ref), person.aadhaar_last4) == (vault.references([ROHIT])[0], "3433")
    assert person.aadhaar_validated_on == cast.NOON.date()
    assert vault.number_for_authentication(ref=person.aadhaar_ref) == ROHIT
    member = visits.again(shown.visit, at=cast.NOON).members[0]
    assert (member.is_linked, member.is_validated) == (True, True)


@pytest.mark.req("R-POS-19")
def test_number_on_the_card_is_confirmed_by_the_finger(shown, world):
    done = validate(shown, world)

    assert (done.line, done.number) == (2, "XXXX XXXX 8847")
    assert Person.objects.get(name="Kavita").aadhaar_validated_on == cast.NOON.date()


@pytest.mark.req("R-POS-19")
def test_member_who_was_linked_shows_the_finger_in_the_same_visit(ravis, world):
    cast.card(cast.CARD, cast.person("Rohit Pandey"))
    shown = cast.visit()
    assert guests.standing(shown).mode == "unauthenticated"

    seed(shown, world)
    shown = visits.again(shown.visit, at=cast.NOON)

    assert guests.standing(shown).next == "biometric"
    cast.finger(shown, world, of=ROHIT)
    receipt = cast.sell(shown, wheat=1_000)
    assert (receipt.mode, receipt.ekyc_asked) == ("biometric", False)


def test_other_name_at_uidai_is_told_and_stops_nobody(shown, world):
    done = validate(shown, world)

    assert not done.is_same_name
    assert Entry.objects.get(action="aadhaar.validated").facts["same_name"] is False


def test_consent_and_journal_say_who_when_and_to_which_words(shown, world):
    seed(shown, world)

    consent = Consent.objects.get()
    assert (consent.visit_id, consent.text_version, consent.language) == (
        shown.visit.pk,
        ekyc_consent.VERSION,
        "hi",
    )
    entry = Entry.objects.get(action="aadhaar.seeded")
    person = Person.objects.get(name="ROHIT P.")
    assert (entry.by, entry.of_kind, entry.of_key) == ("ravi", "person", str(person.pk))
    assert len(entry.facts.pop("reference")) == 72
    assert entry.facts == {
        "card": cast.CARD, "line": 1, "visit": str(shown.visit.pk), "shop": cast.RAVIS, "same_name": True,
        "consent": ekyc_consent.VERSION, "language": "hi",
    }  # fmt: skip


@pytest.mark.parametrize("code", CODES_OF_EKYC)
def test_every_code_of_uidai_is_a_refusal_and_changes_nothing(shown, world, code):
    world.aadhaar.uidai.behave(ROHIT, code=code)
    before = register()

    no = no_of(seed, shown, world)

    assert (no.code, no.facts["number"]) == ("ekyc_not_confirmed", code)
    assert say(no).why.startswith(f"UIDAI did not confirm it (code {code}): ")
    assert register() == before
    assert Entry.objects.get(action="aadhaar.not_confirmed").facts["code"] == code


@pytest.mark.parametrize(
    "fault", [{"delay": 1.0}, {"status": 500}, {"rubbish": True}, {"drop": True}],
    ids=lambda one: next(iter(one)),
)  # fmt: skip
def test_silence_of_uidai_is_a_refusal_and_changes_nothing(shown, world, monkeypatch, fault):
    monkeypatch.setattr(ekyc, "WITHIN_SECONDS", 0.5)
    world.aadhaar.uidai.behave(ROHIT, **fault)
    before = register()

    assert no_of(seed, shown, world).code == "ekyc_later"
    assert register() == before


def test_no_that_was_made_a_yes_on_its_way_is_not_believed(shown, world):
    world.aadhaar.uidai.behave(ROHIT, code="300", forge=True)
    before = register()

    assert no_of(seed, shown, world).code == "ekyc_not_confirmed"
    assert register() == before


def test_nobody_to_ask_is_a_refusal(shown, world, settings):
    settings.AADHAAR_URL = ""

    assert no_of(seed, shown, world).code == "ekyc_later"


def test_finger_of_somebody_else_is_a_refusal_and_changes_nothing(shown, world):
    before = register()

    no = no_of(seed, shown, world, of=cast.CHANDA)

    assert (no.code, no.facts["number"]) == ("ekyc_not_confirmed", "300")
    assert register() == before


def test_finger_read_for_a_sale_is_not_taken_for_ekyc(shown, world):
    no = no_of(seed, shown, world, captured=world.aadhaar.captured(ROHIT))

    assert (no.code, no.facts["number"]) == ("ekyc_not_confirmed", "K-547")


@pytest.mark.parametrize(("of", "code"), [(cast.ASHA, "aadhaar_of_another"), (ROHIT, "ekyc_not_confirmed")])
def test_number_of_another_person_is_told_only_where_its_finger_matched(shown, world, of, code):
    no = no_of(seed, shown, world, number=cast.ASHA, of=of)

    assert no.code == code
    tried = Entry.objects.filter(action="aadhaar.not_confirmed").exists()
    assert tried is (code == "ekyc_not_confirmed")


def test_number_that_another_shop_links_at_the_same_time_is_refused(shown, world, monkeypatch):
    ask = ekyc._asked

    def asked(*given, **more):
        told = ask(*given, **more)
        cast.person("Somebody", ROHIT)
        return told

    monkeypatch.setattr(ekyc, "_asked", asked)

    assert no_of(seed, shown, world).code == "aadhaar_of_another"
    assert Person.objects.get(name="ROHIT P.").aadhaar_ref is None
    assert not Consent.objects.exists()


@pytest.mark.parametrize("number", ["999955183434", "99995518343", "", "९९९९५५१८३४३३", "abcdefghijkl"])
def test_what_is_no_aadhaar_number_is_refused(shown, world, number):
    assert no_of(seed, shown, world, number=number).code == "aadhaar_wrong"


def test_member_who_is_linked_keeps_the_number(shown, world):
    assert no_of(seed, shown, world, member=2).code == "member_linked_already"
    assert no_of(validate, shown, world, member=1).code == "member_not_seeded"
    assert no_of(validate, shown, world, member=3).code == "member_validated_already"
    assert no_of(seed, shown, world, member=9).code == "no_such_member"


def test_consent_is_needed_and_to_the_words_in_force(shown, world):
    assert no_of(seed, shown, world, consent=None).code == "ekyc_consent_missing"
    assert no_of(seed, shown, world, consent=ekyc.Agreed("ekyc-2020", "hi")).code == "consent_outdated"
    assert no_of(validate, shown, world, consent=None).code == "ekyc_consent_missing"


def test_visit_that_is_over_links_nothing(shown, world):
    assert no_of(seed, shown, world, at=cast.at(12, 16)).code == "visit_over"


def test_visitor_is_not_linked_here(ravis, world, clock):
    visitor = guests.guest()

    assert no_of(seed, visitor, world).code == "ekyc_not_for_this_card"


def test_words_are_there_in_every_language():
    assert all(one.en and one.hi and one.bn for one in ekyc_consent.text())
