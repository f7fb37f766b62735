"""A pair from suspicion to decision to undo: found by a look, judged by a person, confirmed by a second."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from rasad.accounts.models import User
from rasad.jobs import running
from rasad.matching import actions, looking, queries
from rasad.matching.models import Judgement, Look, Pair
from rasad.oversight.models import Case
from rasad.registry.families import family
from rasad.registry.models import Card, CardCategory, Household, LookUp, Membership, Person, Place
from rasad.values.refused import Refused
from tests.cast import HISAR, client_of, staff
from tests.registry.files import with_register

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
ON = date(2026, 3, 2)
NEW = "006300000091"


@pytest.fixture
def asif(db):
    return staff("asif", "inspector", ("district", HISAR), name="Asif Ali")


@pytest.fixture
def twice(tmp_path):
    """Asha of Hansi, and an Aasha Devi of Hisar with the same father and birthday on another card."""
    with_register(tmp_path)
    Person.objects.filter(name="Asha Devi").update(mobile="9812300077", aadhaar_ref=None, identity_key=None)
    home = Household.objects.create(place=Place.objects.get(code="61068"), address="House 44")
    person = Person.objects.create(
        name="Aasha Devi", guardian_name="Ram Lal", sex="F", born_on=date(1980, 5, 15), birth_year=1980,
        mobile="9812300077",
    )  # fmt: skip
    Membership.objects.create(
        household=home, person=person, line=1, is_head=True, during=(date(2022, 1, 1), None)
    )
    card = Card.objects.create(number=NEW, household=home, shop_number="", during=(date(2022, 1, 1), None))
    CardCategory.objects.create(card=card, category="OPH", during=(date(2022, 1, 1), None))


def pair(reasons=("same_guardian", "name_spelt_differently")):
    look = Look.objects.create(district_code=HISAR, asked_by="meena", asked_at=NOON)
    left, right = sorted(Person.objects.filter(name__in=["Asha Devi", "Aasha Devi"]), key=lambda one: one.pk)
    of = {one.person_id: Card.objects.get(household=one.household_id) for one in Membership.objects.all()}
    return Pair.objects.create(
        look=look, left=left, right=right, left_card=of[left.pk], right_card=of[right.pk], weight=12.5,
        reasons=list(reasons), district_code=HISAR,
    )  # fmt: skip


def refused(call, *args, **given):
    with pytest.raises(Refused) as caught:
        call(*args, **given)
    return caught.value


def judged(one, by, verdict="same", why="Same father, birthday and telephone"):
    actions.judge(pair=one, verdict=verdict, why=why, by=by, at=NOON)
    one.refresh_from_db()
    return one


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("R-BOG-05")
def test_look_finds_who_stands_on_two_cards_and_leaves_it_to_people(twice, meena, settings, tmp_path):
    settings.HOME = tmp_path

    actions.look_for_pairs(district=HISAR, by=meena, at=NOON)
    running.run_waiting()

    found = Pair.objects.get()
    assert {found.left.name, found.right.name} == {"Asha Devi", "Aasha Devi"}
    assert {"same_guardian", "same_birth_date", "same_mobile"} <= set(found.reasons)
    assert Look.objects.get().state == "done"
    # Nothing ended, nobody is suspected yet.
    assert (len(family(NEW, on=ON).members), Case.objects.count()) == (1, 0)
    # The same look again finds the same pair once.
    actions.look_for_pairs(district=HISAR, by=meena, at=NOON)
    running.run_waiting()
    assert (Pair.objects.count(), Look.objects.order_by("-pk")[0].new) == (1, 0)


def test_one_person_needs_a_second_officer_and_becomes_a_case_where_the_family_is_heard(twice, asif, meena):
    one = pair()
    assert (
        refused(actions.judge, pair=one, verdict="same", why=" ", by=asif, at=NOON).code
        == "decision_without_reason"
    )
    assert (
        refused(actions.judge, pair=one, verdict="maybe", why="", by=asif, at=NOON).code == "verdict_unknown"
    )
    judged(one, asif)
    assert (
        refused(actions.confirm, pair=one, agrees=True, why="", by=asif, at=NOON).code == "judge_confirms_not"
    )

    case = actions.confirm(pair=one, agrees=True, why="", by=meena, at=NOON)

    one.refresh_from_db()
    assert (one.state, one.case_number) == ("confirmed", case.number)
    # Against the younger card's member, who is on it still.
    assert (case.card.number, case.membership.person.name, case.state) == (NEW, "Aasha Devi", "suspected")
    assert [person.name for person in family(NEW, on=ON).members] == ["Aasha Devi"]
    assert refused(actions.take_back, pair=one, why="wrong", by=asif, at=NOON).code == "pair_has_a_case"
    assert refused(actions.confirm, pair=one, agrees=True, why="", by=meena, at=NOON).code == "pair_is_judged"


def test_judgement_is_sent_back_taken_back_and_every_row_stays(twice, asif, meena):
    one = judged(pair(), asif)
    assert (
        refused(actions.confirm, pair=one, agrees=False, why="", by=meena, at=NOON).code
        == "decision_without_reason"
    )
    assert actions.confirm(pair=one, agrees=False, why="Look at the village", by=meena, at=NOON) is None
    one.refresh_from_db()
    judged(one, asif, "different", "")
    assert refused(actions.take_back, pair=one, why=" ", by=asif, at=NOON).code == "decision_without_reason"
    actions.take_back(pair=one, why="I mistook the card", by=asif, at=NOON)
    assert refused(actions.take_back, pair=one, why="again", by=asif, at=NOON).code == "pair_is_open"

    one.refresh_from_db()
    assert one.state == "open"
    told = list(one.judgements.values_list("verdict", flat=True))
    assert told == ["same", "sent_back", "different", "taken_back"]


def test_pair_is_lent_to_one_officer_at_a_time(twice, asif, meena):
    one = pair()

    assert actions.lend_next(Pair.objects.all(), by=asif, at=NOON) == one
    assert actions.lend_next(Pair.objects.all(), by=asif, at=NOON) == one
    assert actions.lend_next(Pair.objects.all(), by=meena, at=NOON) is None
    no = refused(actions.judge, pair=one, verdict="different", why="", by=meena, at=NOON)
    assert (no.code, no.facts) == ("pair_is_lent", {"by": "asif"})
    later = NOON + timedelta(minutes=11)
    assert actions.lend_next(Pair.objects.all(), by=meena, at=later) == one


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_ask_at_once_never_get_one_pair(twice):
    officers = [staff(f"officer{number}", "inspector", ("district", HISAR)) for number in range(4)]
    one = pair()

    def ask(officer: User):
        try:
            found = actions.lend_next(Pair.objects.all(), by=officer, at=NOON)
            return found.pk if found else None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(ask, officers))

    assert sorted(told, key=str) == [one.pk, None, None, None]


def test_judged_pair_comes_round_blind_to_another_and_changes_nothing(twice, asif, meena, monkeypatch):
    monkeypatch.setattr(actions, "REPEAT_EVERY", 1)
    monkeypatch.setattr("rasad.matching.views.now", lambda: NOON)
    one = judged(pair(), asif, "different", "")
    # Meena has judged one before, so that a repeat is due to her.
    mohan = Person.objects.get(name="Mohan")
    low, high = sorted((one.left, mohan), key=lambda person: person.pk)
    other = Pair.objects.create(
        look=one.look, left=low, right=high, left_card=one.left_card, right_card=one.right_card, weight=5,
        district_code=HISAR, state="different",
    )  # fmt: skip
    Judgement.objects.create(pair=other, verdict="different", by="meena", at=NOON)

    again = actions.lend_next(Pair.objects.filter(pk=one.pk), by=meena, at=NOON)
    assert again == one
    assert "different" not in str(client_of(meena).get(f"/pairs/{one.pk}").context["judged"])
    actions.judge(pair=one, verdict="same", why="Same to me", by=meena, at=NOON)

    one.refresh_from_db()
    assert one.state == "different"
    assert queries.quality(Pair.objects.all()) == queries.Quality(1, 0)


def test_guard_stops_a_look_in_which_too_many_look_alike():
    alike = [looking.Alike(number, number + 1, 1, 2, 9.0, []) for number in range(0, 200, 2)]

    no = refused(looking._refuse_too_many, 400, alike)

    assert (no.code, no.facts) == ("too_much_alike", {"alike": 200, "people": 400, "most": 20})
    looking._refuse_too_many(1_001, alike)
    assert refused(looking.look, district="x' OR '1", on=ON).code == "district_unknown"


@pytest.mark.parametrize(
    ("one", "other", "marked"),
    [
        ("Asha Devi", "Aasha Devi", ([], ["A"])),
        ("सुनीता देवी", "सुनिता देवी", (["नी"], ["नि"])),
        ("মীনা", "মিনা", (["মী"], ["মি"])),
        ("Ram", "Ram", ([], [])),
        ("", "Ram", ([], ["Ram"])),
    ],
)
def test_difference_is_marked_between_whole_signs(one, other, marked):
    left, right = queries.difference(one, other)

    assert (
        [piece.text for piece in left if not piece.is_same],
        [piece.text for piece in right if not piece.is_same],
    ) == marked
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (one, other)


def test_database_keeps_a_pair_once_and_its_judgements_for_ever(twice, asif):
    one = judged(pair(), asif)

    with pytest.raises(IntegrityError, match="matching_pair_once"), transaction.atomic():
        pair()
    with pytest.raises(IntegrityError, match="matching_pair_of_two"), transaction.atomic():
        Pair.objects.filter(pk=one.pk).update(left=one.right)
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        Judgement.objects.update(why="another")


def test_pages_of_a_pair_from_the_list_to_the_case(twice, asif, meena, stranger):
    one = pair()
    first, second = client_of(asif), client_of(meena)
    assert "Aasha Devi" in first.get("/pairs").content.decode()
    assert first.post("/pairs/next").url == f"/pairs/{one.pk}"
    page = first.get(f"/pairs/{one.pk}").content.decode()
    assert "<mark>A</mark>" in page
    assert "Same father or husband" in page
    assert first.post(f"/pairs/{one.pk}/judge", {"verdict": "same"}).status_code == 422
    assert first.post(f"/pairs/{one.pk}/judge", {"verdict": "same", "why": "Same telephone"}).url == "/pairs"
    assert (
        second.post(f"/pairs/{one.pk}/confirm", {"answer": "agree"}).url
        == f"/cases/{Case.objects.get().number}"
    )
    assert client_of(stranger).get(f"/pairs/{one.pk}").status_code == 404
    assert "Aasha" not in client_of(stranger).get("/pairs").content.decode()


def test_look_is_asked_for_from_the_page(twice, asif):
    assert client_of(asif).post("/pairs/look").url.startswith("/jobs/")
    assert Look.objects.get().asked_by == "asif"


def test_both_families_read_who_looked_at_them(twice, asif):
    one = pair()

    for _ in range(2):
        client_of(asif).get(f"/pairs/{one.pk}")

    seen = LookUp.objects.values_list("card__number", "by", "why")
    assert sorted(seen) == [("006300000001", "asif", "pairs"), (NEW, "asif", "pairs")]
