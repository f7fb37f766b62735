"""Everything that changes staff, their devices and their sessions."""

from rasad.accounts.actions.log_in import check_code, check_password, leave
from rasad.accounts.actions.second_factor import enrol, open_enrolment, renew_recovery_codes
from rasad.accounts.actions.staff import (
    Provision,
    change_password,
    close_account,
    create_staff,
    readable_password,
    reopen_account,
    reset_access,
)

__all__ = [
    "Provision",
    "change_password",
    "check_code",
    "check_password",
    "close_account",
    "create_staff",
    "enrol",
    "leave",
    "open_enrolment",
    "readable_password",
    "renew_recovery_codes",
    "reopen_account",
    "reset_access",
]
