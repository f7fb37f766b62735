"""The world of the relief pages, with a day in the books within the scheme, and officers of every kind."""

from datetime import UTC, date, datetime

import pytest

from rasad.accounts.models import User
from rasad.relief.models import RowPerson
from tests.cast import HISAR, staff
from tests.relief.cast import HANSI, World, world

__all__ = ["world"]

NOON = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)  # 12:00 in India
TODAY = date(2020, 5, 15)


@pytest.fixture
def kavita(headquarters: User) -> User:
    """Headquarters: the second officer."""
    return headquarters


@pytest.fixture
def imran(db: None) -> User:
    """The District Administration of Hisar."""
    return staff("imran", "district_administration", ("district", HISAR), name="Imran Khan")


@pytest.fixture
def sarpanch(db: None) -> User:
    """The Local Committee of Hansi."""
    return staff("sarpanch", "local_committee", ("place", HANSI), name="Ram Mehar")


@pytest.fixture
def desk(world: World) -> World:
    """The world with the people of the rows that led to no token."""
    RowPerson.objects.create(row=world.rows["banwari"], line=1, name="Banwari Lal", sex="M", birth_year=1970)
    RowPerson.objects.create(row=world.rows["banwari"], line=2, name="Maya", sex="F", birth_year=1975)
    RowPerson.objects.create(row=world.rows["dhanpat"], line=1, name="Dhanpat", sex="M", birth_year=1980)
    return world
