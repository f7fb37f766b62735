"""Shops with hours, devices with keys, and days as they went: what the stories about devices begin with."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from rasad.registry.models import Place
from rasad.shops import actions
from rasad.shops.models import Device, OnlineSpan, Shop
from rasad.values import signed
from tests.cast import ELSEWHERE, HISAR

RAVIS, STRANGERS = "106300100001", "107100100001"
# A Friday; the noon of the cast is 12:00 in India on this day.
FRIDAY = date(2020, 5, 15)
INDIA = timedelta(hours=5, minutes=30)
MORNING, AFTERNOON = (time(8), time(12)), (time(14), time(17))
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
THIRD_KEY = Ed25519PrivateKey.from_private_bytes(b"t" * 32)


def clock(hour: int, minute: int = 0, second: int = 0, *, on: date = FRIDAY) -> datetime:
    """A time in India on a day."""
    return datetime.combine(on, time(hour, minute, second), tzinfo=UTC) - INDIA


def shop(number: str = RAVIS, *, district: str = HISAR, name: str = "Ravi Store") -> Shop:
    """A shop that has been there for years."""
    place, _ = Place.objects.get_or_create(
        kind="village", code=f"{district}9", defaults={"name": f"Village of {district}"}
    )
    Place.objects.get_or_create(kind="district", code=district, defaults={"name": f"District {district}"})
    return Shop.objects.create(
        number=number, name=name, place=place, district_code=district, capacity_families=100,
        open_during=(date(2015, 1, 1), None),
    )  # fmt: skip


def strangers_shop() -> Shop:
    """A shop in the district that is not Meena's."""
    return shop(STRANGERS, district=ELSEWHERE, name="Depot elsewhere")


def public(key: Ed25519PrivateKey) -> bytes:
    """The half of a key that may be known."""
    return key.public_key().public_bytes_raw()


def device(of: Shop, key: Ed25519PrivateKey = KEY, *, name: str = "Counter 1") -> Device:
    """A device enrolled the day before."""
    return actions.enrol_device(
        shop=of, public_key=public(key), name=name, by="meena", at=clock(10) - timedelta(days=1)
    )


def opened(
    of: UUID | str, *, at: datetime, key: Ed25519PrivateKey = KEY, nonce: str = "morning-1", off: int = 0
) -> actions.Session:
    """A session as the device opens it, its clock `off` by so many seconds."""
    time_ms = int(at.timestamp() + off) * 1000
    return actions.open_session(
        device_id=str(of),
        time_ms=time_ms,
        nonce=nonce,
        signature=key.sign(signed.opening_text(str(of), time_ms, nonce)),
        at=at,
        app_version="1.0",
    )


def with_hours(of: Shop, *, since: date = date(2020, 5, 1)) -> Shop:
    """Open on each day but Sunday, with a break at noon."""
    week = dict.fromkeys(range(6), (MORNING, AFTERNOON))
    actions.set_hours(shop=of, week=week, since=since, by="meena", at=clock(12))
    return of


def online(of: Device, since: datetime, until: datetime) -> None:
    """The device was heard of from then until then."""
    OnlineSpan.objects.create(shop=of.shop, device=of, since=since, until=until)
