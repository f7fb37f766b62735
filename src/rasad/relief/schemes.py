"""The scheme a run was made under, as it stood then: pages explain old decisions by the old words."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from pydantic import ValidationError

from rasad import wiring
from rasad.policy import relief as policy
from rasad.policy.rows import Text
from rasad.policy.scheme import Scheme
from rasad.relief.models import Emergency, Run, SourceRow, Token
from rasad.values.refused import Refused


def recorded(run: Run) -> Scheme | None:
    """The scheme as the run wrote it down, else as it stands today; nothing when neither can be read."""
    try:
        return Scheme.model_validate(run.conditions)
    except ValidationError:
        return known(run.scheme)


def of_row(row: SourceRow) -> Scheme | None:
    """The scheme of the run that decided a row; as it stands today for a row no run has looked at."""
    return recorded(row.run) if row.run else known(row.scheme)


class Recorded:
    """The schemes of several runs, each read once."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self._by_run = {run.pk: recorded(run) for run in runs}

    def of(self, run: int | None, code: str) -> Scheme | None:
        """The scheme of a run, or of a code where there was no run."""
        return known(code) if run is None else self._by_run[run]


def known(code: str) -> Scheme | None:
    """The scheme of a code as it stands today, of the packs or made on the screens; nothing for an unknown one."""
    return _in_packs(code) or _on_screen(code)


def in_force(code: str, *, on: date) -> Scheme:
    """The scheme of a code under which tokens may be issued on a day.

    Refused: scheme_unknown; scheme_not_open for one that no second officer opened; relief_is_over for one that was
    closed or whose last day has passed.
    """
    scheme = known(code)
    if scheme is None:
        raise Refused("scheme_unknown", scheme=code)
    state = Emergency.objects.filter(code=code).values_list("state", flat=True).first()
    if state == Emergency.State.DRAFT:
        raise Refused("scheme_not_open", scheme=code)
    if state == Emergency.State.CLOSED or on > scheme.last_day:
        raise Refused("relief_is_over", last_day=scheme.last_day)
    return scheme


def is_in_force(code: str, *, on: date) -> bool:
    """Whether tokens may be issued under a scheme on a day."""
    try:
        return bool(in_force(code, on=on))
    except Refused:
        return False


def taking(source: str, *, on: date) -> list[Scheme]:
    """The schemes that take requests of a source on a day, the newest first."""
    opened = Emergency.objects.filter(state=Emergency.State.OPEN).order_by("-opened_at")
    own = [code for code in policy.codes() if policy.scheme(code).jurisdiction == wiring.state_code()]
    codes = [*opened.values_list("code", flat=True), *own]
    found = [in_force(code, on=on) for code in codes if is_in_force(code, on=on)]
    return [one for one in found if source in {each.code for each in one.sources}]


def of_token(token: Token) -> Scheme:
    """The scheme a token is drawn under. Raises Refused `unknown_scheme`."""
    return known(token.scheme) or policy.scheme(token.scheme)


def _on_screen(code: str) -> Scheme | None:
    made = Emergency.objects.filter(code=code).values_list("scheme", flat=True).first()
    return Scheme.model_validate(made) if made else None


@lru_cache(maxsize=64)
def _in_packs(code: str) -> Scheme | None:
    try:
        return policy.scheme(code)
    except Refused:
        return None


def title(code: str) -> str:
    """The name of a scheme in the reader's language, its code when it has none."""
    scheme = known(code)
    return said(scheme.title) if scheme else code


def source_titles(code: str) -> dict[str, str]:
    """The names of a scheme's sources in the reader's language, by their codes."""
    scheme = known(code)
    return {source.code: said(source.title) for source in scheme.sources} if scheme else {}


def said(text: Text) -> str:
    """A text of a pack in the reader's language."""
    return text.in_language((get_language() or "en").split("-")[0])
