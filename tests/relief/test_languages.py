"""Every page in every language, and nowhere an Aadhaar number."""

import re

import pytest

from rasad.accounts.models import User
from rasad.relief.models import TokenMember
from tests.relief.cast import ASHA, HANSI, KAMLA, NOOR, RUN_KEY, SHOP, World

PAGES = [
    "/",
    "/relief/tokens",
    f"/relief/tokens/{ASHA}",
    f"/relief/tokens/{KAMLA}",
    f"/relief/tokens/{NOOR}",
    "/relief/rows",
    "/relief/reviews",
    "/relief/shops",
    f"/relief/shops/{SHOP}",
    f"/relief/places/{HANSI}",
    "/relief/runs",
    f"/relief/runs/{RUN_KEY}",
    f"/relief/runs/{RUN_KEY}/progress",
]


@pytest.mark.req("R-NFR-02")
@pytest.mark.parametrize("language", ["en", "hi", "bn"])
@pytest.mark.parametrize("path", PAGES)
def test_page_opens_in_every_language(world: World, meena: User, logged_in, path: str, language: str) -> None:
    page = logged_in(meena).get(path, {"language": language})
    assert page.status_code == 200
    assert path.endswith("/progress") or f'<html lang="{language}">' in page.content.decode()


def test_hindi_page_names_districts_shops_and_months_in_hindi(world: World, meena: User, logged_in) -> None:
    told = logged_in(meena).get(f"/relief/tokens/{ASHA}", {"language": "hi"}).content.decode()
    for part in ("हिसार", "रवि राशन दुकान", "अप्रैल 2020", "सरल पर बीपीएल आवेदन"):
        assert part in told, part


@pytest.mark.req("R-NFR-03")
def test_no_page_shows_anything_like_an_aadhaar_number(world: World, meena: User, logged_in) -> None:
    TokenMember.objects.filter(line=1).update(aadhaar_ref=b"9" * 32)
    client = logged_in(meena)
    for path in PAGES:
        text = re.sub(r"<[^>]+>", " ", client.get(path).content.decode())
        assert re.findall(r"(?<![\d-])[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}(?![\d-])", text) == [], path
