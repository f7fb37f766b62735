"""What every template may ask about the reader: the navigation, and what the reader may do."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from rasad.accounts.access import is_verified, may
from rasad.accounts.roles import capabilities
from rasad.web.navigation import LINKS, PUBLIC


@dataclass(frozen=True)
class Shown:
    """A link of the navigation as this reader sees it; `current` on that page and on those below it."""

    href: str
    label: str
    current: bool


def reader(request: HttpRequest) -> dict[str, object]:
    """Context processor: `navigation` (links this reader may follow), `for_everybody` and `capabilities` (names)."""
    user = getattr(request, "user", None)
    public = [_shown(link.url_name, str(link.label), request) for link in PUBLIC]
    if user is None or not is_verified(user):
        return {"navigation": [], "for_everybody": public, "capabilities": frozenset()}
    return {
        "for_everybody": public,
        "navigation": [
            _shown(link.url_name, str(link.label), request) for link in LINKS if may(user, link.needs)
        ],
        "capabilities": capabilities(user.role),
    }


def _shown(url_name: str, label: str, request: HttpRequest) -> Shown:
    href = reverse(url_name)
    here = request.path == href or (href != "/" and request.path.startswith(f"{href}/"))
    return Shown(href=href, label=label, current=here)
