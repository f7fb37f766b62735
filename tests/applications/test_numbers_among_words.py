"""A clerk writes an Aadhaar number where words belong: no table of the database has it afterwards."""

import pytest
from django.db import connection

from rasad.applications import clock
from rasad.applications.actions import decide, verify
from rasad.applications.models import Document
from rasad.applications.sealing import Sheet
from rasad.grievances import actions as grievances
from rasad.oversight.actions import cases
from rasad.oversight.actions.cases import About, Said
from tests.applications.conftest import MARCH_2, about_card, ashas_card, put_down
from tests.cast import HISAR
from tests.registry.files import KUMAR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registered")]


def everything() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        told = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            told += [row for (row,) in cursor.fetchall()]
    return "\n".join(told)


@pytest.mark.req("R-NFR-03")
def test_no_table_has_a_number_that_was_written_among_words(asif, bimla):
    said = f"his Aadhaar is {KUMAR}"
    made = put_down(about_card("duplicate_card", wants={"reason": said}, papers=(Sheet("aadhaar", KUMAR),)))
    verify.open_(application=made, by=asif, at=MARCH_2)
    verify.ask_back(application=made, reason=said, by=asif, at=MARCH_2)
    verify.supply(application=made, papers=[Sheet("shown", said)], note=said, by="asif", at=MARCH_2)
    verify.verify(application=made, finding=said, by=asif, at=MARCH_2)
    made.refresh_from_db()
    clock.tell_delay(
        application=made, reason=said, likely_on=made.due_on.replace(day=28), by=asif, at=MARCH_2
    )
    decide.reject(application=made, ground="not_living_here", why=said, by=bimla, at=MARCH_2)
    grievances.take_down(kind="shop", words=said, district=HISAR, way="web", by="citizen", at=MARCH_2)
    about = About(ashas_card(), "bogus", said)
    cases.open_case(about=about, evidence=[Said("x", said)], by=asif, at=MARCH_2)

    assert KUMAR not in everything()
    assert f"XXXXXXXX{KUMAR[-4:]}" in everything()
    assert Document.objects.first().name == f"XXXXXXXX{KUMAR[-4:]}"
