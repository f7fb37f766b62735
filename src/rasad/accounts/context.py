"""What every template may ask about the reader: the navigation, and what the reader may do."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.urls import reverse

from rasad.accounts.access import is_verified, may
from rasad.accounts.roles import capabilities
from rasad.web.navigation import COUNTS, LINKS, PUBLIC


@dataclass(frozen=True)
class Shown:
    """A link of the navigation as this reader sees it; `current` on that page and on those below it.

    `count` things wait there for the reader.
    """

    href: str
    label: str
    current: bool
    count: int = 0
    group: str = ""


def reader(request: HttpRequest) -> dict[str, object]:
    """Context processor: `navigation` (links this reader may follow), `for_everybody` and `capabilities` (names)."""
    user = getattr(request, "user", None)
    public = [_shown(link.url_name, str(link.label), request) for link in PUBLIC]
    if user is None or not is_verified(user):
        return {"navigation": [], "for_everybody": public, "capabilities": frozenset()}
    return {
        "for_everybody": public,
        "navigation": [
            replace(
                _shown(link.url_name, str(link.label), request),
                count=_count(link.url_name, request),
                group=str(link.group),
            )
            for link in LINKS
            if may(user, link.needs)
        ],
        "capabilities": capabilities(user.role),
    }


def _count(url_name: str, request: HttpRequest) -> int:
    """Asked of the database once a request, however many templates its page is made of."""
    if url_name not in COUNTS:
        return 0
    known = request.__dict__.setdefault("counted_for_reader", {})
    if url_name not in known:
        known[url_name] = COUNTS[url_name](request.user)
    return int(known[url_name])


def _shown(url_name: str, label: str, request: HttpRequest) -> Shown:
    href = reverse(url_name)
    here = request.path == href or (href != "/" and request.path.startswith(f"{href}/"))
    return Shown(href=href, label=label, current=here)
