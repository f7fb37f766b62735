"""What has to be running before the rest can be used; later also the connectors, built from settings."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from rasad.connectors.aadhaar.client import AadhaarClient
    from rasad.connectors.exchange.client import PortalClient
    from rasad.connectors.impds.client import ImpdsClient
    from rasad.connectors.impds.home_side import Home
    from rasad.connectors.sms.client import SmsClient
    from rasad.connectors.sms.templates import Templates
    from rasad.connectors.whatsapp.client import WhatsAppClient

INDIA = ZoneInfo("Asia/Kolkata")


def ready() -> None:
    """Bring up Django and, unless DATABASE_URL names a server, the embedded PostgreSQL. Safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
    import django
    from django.conf import settings

    if not settings.DATABASE_URL:
        from rasad.postgres import Cluster

        Cluster(settings.EMBEDDED_DATA, durable=not settings.TESTING).start()
    django.setup()


def templates() -> None:
    """Bring up Django for words and pages only: no database is started or asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
    import django

    django.setup()


def migrated() -> None:
    """`ready`, with every table as the code expects it."""
    ready()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


@cache
def state_code() -> str:
    """The code of the State this installation serves, IN-HR."""
    from django.conf import settings

    from rasad.policy.department import code_of

    return code_of(settings.STATE)


def now() -> datetime:
    """The time in the books, in India: the clock's, or with RASAD_CLOCK as long after it as this process is old."""
    return datetime.now(INDIA) + _shift()


@cache
def _shift() -> timedelta:
    from django.conf import settings

    if not settings.CLOCK:
        return timedelta()
    begun = datetime.now(INDIA) - timedelta(seconds=time.monotonic() - _STARTED)
    return datetime.fromisoformat(settings.CLOCK) - begun


_STARTED = time.monotonic()


def aadhaar() -> AadhaarClient | None:
    """UIDAI; None where no address is set. It lives by the real clock: UIDAI refuses every other."""
    from django.conf import settings

    if not settings.AADHAAR_URL:
        return None
    return _aadhaar(
        (settings.AADHAAR_URL, settings.AADHAAR_OTP_URL, settings.AADHAAR_KYC_URL),
        (settings.AADHAAR_AUA, settings.AADHAAR_SUB_AUA),
        (settings.AADHAAR_LICENCE, settings.AADHAAR_ASA_LICENCE),
        settings.AADHAAR_TERMINAL,
        (settings.AADHAAR_KEY, settings.AADHAAR_CERTIFICATE),
        (settings.AADHAAR_SEALS_WITH, settings.AADHAAR_ANSWERS_WITH),
    )


def impds() -> ImpdsClient | None:
    """Other States' cards; None where no address is set."""
    from django.conf import settings

    return _impds(settings.IMPDS_URL, settings.IMPDS_KEY, settings.STATE) if settings.IMPDS_URL else None


def impds_home() -> Home | None:
    """Our own cards as other States ask for them; None where no State has a key."""
    from django.conf import settings

    from rasad.connectors.impds.home_side import Home

    return Home(settings.IMPDS_KEYS) if settings.IMPDS_KEYS else None


def portal(name: str) -> PortalClient | None:
    """One of the eight portals of the relief desk; None where no address is set."""
    from django.conf import settings

    url, key = settings.PORTALS[name]
    return _portal(name, url, key) if url else None


def portal_keys() -> dict[str, bytes]:
    """The keys of the portals that may ask us."""
    from django.conf import settings

    return {name: key for name, (_url, key) in settings.PORTALS.items() if key}


def sms() -> SmsClient | None:
    """Messages to telephones; None where no address is set."""
    from django.conf import settings

    if not settings.SMS_URL:
        return None
    return _sms(
        settings.SMS_URL,
        settings.SMS_USERNAME,
        settings.SMS_PASSWORD,
        settings.SMS_SENDER,
        settings.SMS_KEY,
    )


def sms_templates() -> Templates:
    """The registered texts: the department's own where they are set."""
    from django.conf import settings

    return _templates(settings.SMS_TEMPLATES)


def whatsapp() -> WhatsAppClient | None:
    """Documents to telephones; None where no address is set."""
    from django.conf import settings

    if not settings.WHATSAPP_URL:
        return None
    return _whatsapp(settings.WHATSAPP_URL, settings.WHATSAPP_TOKEN, settings.WHATSAPP_PHONE_ID)


@cache
def _aadhaar(
    urls: tuple[str, str, str],
    agency: tuple[str, str],
    licences: tuple[str, str],
    terminal: str,
    signs: tuple[str, str],
    uidai: tuple[str, str],
) -> AadhaarClient:
    from rasad.connectors.aadhaar.client import AadhaarClient
    from rasad.connectors.aadhaar.keys import Pair, certificate_in, key_in
    from rasad.connectors.aadhaar.requests import Agency

    own = Pair(key_in(Path(signs[0])), certificate_in(Path(signs[1])))
    return AadhaarClient(
        url=urls[0],
        otp_url=urls[1],
        kyc_url=urls[2],
        agency=Agency(*agency, *licences, terminal, own),
        seals_with=certificate_in(Path(uidai[0])),
        answers_with=certificate_in(Path(uidai[1])),
    )


@cache
def _impds(url: str, key: bytes, state: str) -> ImpdsClient:
    from rasad.connectors.impds.client import ImpdsClient
    from rasad.policy.department import code_of

    # Asked for at each call: the client is kept, and outlives whatever `now` stood for when it was made.
    return ImpdsClient(url, code_of(state), key, clock=lambda: now())


@cache
def _portal(name: str, url: str, key: bytes) -> PortalClient:
    from rasad.connectors.exchange.portals import PORTALS

    return PORTALS[name].client(url, key)


@cache
def _sms(url: str, username: str, password: str, sender: str, key: str) -> SmsClient:
    from rasad.connectors.sms.client import Account, SmsClient

    return SmsClient(url, Account(username=username, password=password, sender=sender, key=key))


@cache
def _templates(path: str) -> Templates:
    from rasad.connectors.sms.templates import Templates, ours

    return Templates(Path(path)) if path else ours()


@cache
def _whatsapp(url: str, token: str, phone_id: str) -> WhatsAppClient:
    from rasad.connectors.whatsapp.client import WhatsAppClient

    return WhatsAppClient(url, token, phone_id)
