"""Lists that leave the system."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from rasad.accounts.models import User
from rasad.journal.actions import write


@transaction.atomic
def record_export(*, what: str, narrowed_by: Mapping[str, str], by: User, at: datetime) -> None:
    """Put on record that somebody takes a list about shops out of the system, and which."""
    facts: dict[str, object] = {"narrowed_by": dict(narrowed_by)}
    write("shop.exported", of_kind="list", of_key=what, by=by, at=at, facts=facts)
