"""The ladder as a family sees it: each step in words, with how it stands."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rasad.counter.models import Attempt, Mode
from rasad.counter.opened import Opened

WORDS: dict[str, Promise | str] = {
    "done": _("done"),
    "now": _("now"),
    "failed": _("did not work"),
    "passed": _("not needed"),
    "todo": _("to come"),
}
SIGNS = {"done": "✓", "now": "●", "failed": "✕", "passed": "–", "todo": ""}


@dataclass(frozen=True)
class Rung:
    """A step: its name, how it stands (`done`, `now`, `failed`, `passed`, `todo`), in words and as a sign."""

    label: Promise | str
    state: str

    @property
    def words(self) -> Promise | str:
        """How it stands, in words."""
        return WORDS[self.state]

    @property
    def sign(self) -> str:
        """How it stands, for eyes that know no letters."""
        return SIGNS[self.state]


def rungs(opened: Opened) -> list[Rung]:
    """Card, finger, code, grain; a card of another State has consent and no code."""
    now = opened.standing
    tried = set(opened.visit.attempts.values_list("step", flat=True))
    finger = _state(
        is_done=now.mode == Mode.BIOMETRIC, is_now=now.next == "biometric",
        is_tried=Attempt.Step.BIOMETRIC in tried, is_over=True,
    )  # fmt: skip
    grain = Rung(_("Grain"), "now" if now.mode else "todo")
    card = Rung(_("Card"), "done")
    if opened.home is not None:
        if not opened.is_consented:
            return [card, Rung(_("Consent"), "now"), Rung(_("Finger"), "todo"), grain]
        return [card, Rung(_("Consent"), "done"), Rung(_("Finger"), finger), grain]
    code = _state(
        is_done=now.mode == Mode.MOBILE_OTP, is_now=now.next == "mobile_otp",
        is_tried=bool(tried - {Attempt.Step.BIOMETRIC}), is_over=now.mode is not None,
    )  # fmt: skip
    return [card, Rung(_("Finger"), finger), Rung(_("Code"), code), grain]


def _state(*, is_done: bool, is_now: bool, is_tried: bool, is_over: bool) -> str:
    if is_done:
        return "done"
    if is_now:
        return "now"
    if is_tried:
        return "failed"
    return "passed" if is_over else "todo"
