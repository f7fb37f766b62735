"""What stands round every page (GIGW 3.0): owner, helpline, date of the contents, languages."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from rasad.policy.department import department, helplines
from rasad.web.language import active

# When the words of the fixed pages were last gone through; pages made of data say the day of their data.
CONTENTS_REVIEWED_ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Helpline:
    """A number to call, as it is written, and what it is for."""

    number: str
    name: str

    @property
    def dialled(self) -> str:
        """The number as a telephone link needs it."""
        return self.number.replace("-", "")


@dataclass(frozen=True)
class Owner:
    """Whose site it is, in the reader's language; the first helpline is the one for rations."""

    name: str
    government: str
    officers: tuple[str, ...]
    helplines: tuple[Helpline, ...]

    @property
    def helpline(self) -> Helpline:
        """The number that stands on every page."""
        return self.helplines[0]


def owner() -> Owner:
    """The owner of this installation as it is today."""
    found, language = department(settings.STATE), active()
    lines = helplines(settings.STATE, on=timezone.localdate())
    return Owner(
        name=found.name.in_language(language),
        government=found.government.in_language(language),
        officers=tuple(officer.title.in_language(language) for officer in found.officers),
        helplines=tuple(
            Helpline(number, line.name.in_language(language)) for line in lines for number in line.value
        ),
    )


def furniture(request: HttpRequest) -> dict[str, object]:
    """Context processor: what `web/page.html` needs, so that no view has to think of it."""
    return {
        "department": owner(),
        "contents_reviewed_on": CONTENTS_REVIEWED_ON,
        "languages": settings.LANGUAGES,
    }
