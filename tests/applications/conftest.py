"""The register of the small files, officers of Hisar, and a family that asks."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rasad.accounts.models import User
from rasad.applications.actions import decide, register, verify
from rasad.applications.asked import Asked, Someone, Taken
from rasad.applications.models import Application
from rasad.applications.sealing import Sheet
from rasad.registry.models import Card, Place
from tests.cast import HISAR, staff
from tests.registry.files import with_register

MARCH_2 = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # 10:30 in India
ASHAS, KAMLAS = "006300000001", "006300000002"
PAPERS = (Sheet("voter_id", "V1"), Sheet("water_bill", "W1"), Sheet("affidavit", "A1"))
PROOF = (Sheet("seen", "Birth certificate 17"),)
# A family that the rules of Haryana include: a landless labourer's.
NOT_SO = (
    "homeless", "head_disabled", "head_widow", "head_single_woman", "income_tax_payer", "vat_assessee",
    "service_tax_payer", "professional_tax_payer", "owns_motorised_four_wheeler", "registered_enterprise",
    "owns_agricultural_four_wheeler",
)  # fmt: skip
POOR = {
    **dict.fromkeys(NOT_SO, False), "existing_card": "none", "main_income": "manual_casual_labour",
    "landless_agricultural_labourer": True, "land_acres": "0", "annual_income": "60000", "members_employment": "none",
}  # fmt: skip


@pytest.fixture
def registered(db: None, tmp_path: Path) -> None:
    """Cards, people, shops and places."""
    with_register(tmp_path)


@pytest.fixture
def asif(db: None) -> User:
    """The Inspector who verifies."""
    return staff("asif", "inspector", ("district", HISAR), name="Asif Ali")


@pytest.fixture
def bimla(db: None) -> User:
    """The other Inspector, who decides."""
    return staff("bimla", "inspector", ("district", HISAR), name="Bimla Devi")


def hansi() -> Place:
    """The village."""
    return Place.objects.get(code="61068")


def ashas_card() -> Card:
    """The card of Asha's family."""
    return Card.objects.get(number=ASHAS)


def taken(by: str = "asif") -> Taken:
    """At the counter of the office."""
    return Taken("counter", by, "Area office, Hansi", assisted_by="Ram Mehar")


def new_card(**given: object) -> Asked:
    """A new card for Geeta and her daughter."""
    told: dict[str, object] = {
        "service": "new_card", "applicant": "Geeta", "district": HISAR, "mobile": "9812300001", "place": hansi(),
        "address": "House 7", "shop": "063000000001", "papers": PAPERS, "facts": POOR,
        "people": (
            Someone("Ramesh", sex="M", birth_year=1984, relation="husband"),
            Someone("Geeta", sex="F", birth_year=1986, relation="self", is_head=True),
            Someone("Pinki", sex="F", born_on=date(2015, 4, 1), relation="daughter"),
        ),
    }  # fmt: skip
    return Asked(**{**told, **given})  # type: ignore[arg-type]


def about_card(service: str, **given: object) -> Asked:
    """Something about Asha's card."""
    told: dict[str, object] = {
        "service": service, "applicant": "Asha Devi", "district": HISAR, "mobile": "9876543210",
        "card": ashas_card(), "papers": PROOF,
    }  # fmt: skip
    return Asked(**{**told, **given})  # type: ignore[arg-type]


def put_down(asked: Asked, *, at: datetime = MARCH_2) -> Application:
    """Registered at the counter."""
    return register.register(asked, taken=taken(), at=at)


def verified(application: Application, by: User, *, at: datetime = MARCH_2) -> Application:
    """Opened, visited where needed, verified."""
    verify.open_(application=application, by=by, at=at)
    if application.needs_visit:
        verify.visit(application=application, found="as_said", people_seen=3, by=by, at=at)
    verify.verify(application=application, finding="All as said.", by=by, at=at)
    application.refresh_from_db()
    return application


def approved(asked: Asked, verifier: User, decider: User, *, at: datetime = MARCH_2) -> Application:
    """The whole way on one day."""
    made = verified(put_down(asked, at=at), verifier, at=at)
    return decide.approve(application=made, by=decider, at=at)
