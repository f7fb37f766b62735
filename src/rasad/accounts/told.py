"""How accounts tell the journal what they did, which lives a layer above and listens.

The listener writes inside the teller's transaction; an act that nobody records does not happen.
"""

from datetime import datetime

from django.dispatch import Signal

staff_act = Signal()


def tell(
    action: str, *, of: str, by: str, at: datetime, reason: str = "", facts: dict[str, object] | None = None
) -> None:
    """Have an act on a member of staff (`of`: the username) recorded. RuntimeError when nobody listens."""
    heard = staff_act.send(sender=None, action=action, of=of, by=by, at=at, reason=reason, facts=facts or {})
    if not heard:
        raise RuntimeError("no journal listens: rasad.journal must be among the installed apps")
