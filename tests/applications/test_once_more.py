"""A family whose card ended is not shut out for ever: by any other card it may eat again."""

from datetime import date

import pytest

from rasad.applications.asked import Someone
from rasad.registry.families import family
from rasad.registry.models import Card, Ending, Household
from tests.applications.conftest import MARCH_2, approved, ashas_card, new_card
from tests.registry.files import KUMAR, SHIVSHANKAR, without_guards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]
BACK = (
    Someone("Asha Devi", sex="F", birth_year=1980, relation="self", number=SHIVSHANKAR, is_head=True),
    Someone("Mohan", sex="M", birth_year=2005, relation="son", number=KUMAR),
)


@pytest.mark.req("R-CRD-01")
def test_people_of_a_card_that_ended_are_put_on_a_new_one(asif, bimla):
    with without_guards():
        Card.objects.filter(pk=ashas_card().pk).update(during=(date(2016, 2, 1), date(2025, 6, 1)))

    made = approved(new_card(applicant="Asha Devi", people=BACK), asif, bimla)

    assert [one.name for one in family(made.issued_card.number, on=MARCH_2.date()).members] == [
        "Asha Devi",
        "Mohan",
    ]
    old = Household.objects.get(pk=ashas_card().household_id)
    assert not old.memberships.filter(during__contains=MARCH_2.date()).exists()
    assert set(Ending.objects.values_list("ground", "key")) == {("application", made.number)}
