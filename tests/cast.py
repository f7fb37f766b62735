"""The cast of the stories, with log-ins. Asha is a card holder and Ravi a dealer.

Meena answers for the district of Hisar (LGD 63). Stranger answers for another one and must see nothing
of hers.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from rasad.accounts.actions import create_staff
from rasad.accounts.models import User

HISAR = "63"
ELSEWHERE = "71"
NOON = datetime(2020, 5, 15, 6, 30, tzinfo=UTC)  # 12:00 in India
PASSWORD = "four-dry-wells-sing"


def staff(username: str, role: str, *areas: tuple[str, str], **given: str) -> User:
    """A member of staff whose app and password are set up."""
    made = create_staff(
        username=username, role=role, areas=areas, by="test", at=NOON, password=PASSWORD, demo=True, **given
    )
    return made.user


def client_of(user: User) -> Client:
    """A browser in which this person is fully logged in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=user).persistent_id
    session.save()
    return client


@pytest.fixture
def meena(db: None) -> User:
    return staff("meena", "dfsc", ("district", HISAR), name="Meena Kumari")


@pytest.fixture
def stranger(db: None) -> User:
    return staff("stranger", "dfsc", ("district", ELSEWHERE), name="Stranger")


@pytest.fixture
def ravi(db: None) -> User:
    return staff("ravi", "dealer", ("shop", "106300100001"), name="Ravi")


@pytest.fixture
def headquarters(db: None) -> User:
    return staff("kavita", "headquarters", ("state", "6"), name="Kavita Rani")


@pytest.fixture
def auditor(db: None) -> User:
    return staff("farid", "auditor", ("state", "6"), name="Farid")


@pytest.fixture
def logged_in() -> Callable[[User], Client]:
    return client_of
