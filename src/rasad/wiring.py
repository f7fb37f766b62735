"""What has to be running before the rest can be used; later also the connectors, built from settings."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rasad.connectors.aadhaar.client import AadhaarClient


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
