"""What the journal hears from layers below it."""

from datetime import datetime

from django.dispatch import receiver

from rasad.accounts.told import staff_act
from rasad.journal.actions import write


@receiver(staff_act)
def record_staff_act(
    *, action: str, of: str, by: str, at: datetime, reason: str, facts: dict[str, object], **_: object
) -> None:
    """Write what accounts did into the journal, in the transaction of the act."""
    write(action, of_kind="staff", of_key=of, by=by, at=at, reason=reason, facts=facts)
