"""The expected noes between States, with the facts their sentences need."""

from collections.abc import Mapping
from uuid import UUID

from rasad.policy.jurisdiction import jurisdiction
from rasad.policy.rows import Text
from rasad.values.aadhaar import mask_card
from rasad.values.quantities import Grams, kilograms
from rasad.values.refused import Refused


def card_unknown(number: str | None) -> Refused:
    """No State knows the card, or nobody with the Aadhaar number is on one."""
    return Refused("impds_card_unknown", card=mask_card(number) if number else "")


def card_not_active(number: str) -> Refused:
    """The card was surrendered, cancelled or is suspended."""
    return Refused("impds_card_not_active", card=mask_card(number))


def balance_changed(number: str, balance: Mapping[str, int]) -> Refused:
    """Less is left than is asked for. `balance` has the grams left of each commodity asked for, `left` the words."""
    left = tuple(_left(commodity, grams) for commodity, grams in balance.items())
    return Refused("impds_balance_changed", card=mask_card(number), balance=dict(balance), left=left)


def gone(reservation: UUID) -> Refused:
    """The reservation was let go, timed out, or never was."""
    return Refused("impds_reservation_gone", reservation=str(reservation))


def posted(reservation: UUID) -> Refused:
    """The reservation was posted and cannot be let go any more."""
    return Refused("impds_reservation_posted", reservation=str(reservation))


def reused(reservation: UUID) -> Refused:
    """The id of the reservation stands for something else already."""
    return Refused("impds_reservation_reused", reservation=str(reservation))


def _left(commodity: str, grams: int) -> Text:
    known = jurisdiction("IN").commodity_of.get(commodity)
    name = known.name if known else Text(en=commodity, hi=commodity, bn=commodity)
    number = kilograms(Grams(grams))
    return Text(en=f"{name.en} {number} kg", hi=f"{name.hi} {number} किलो", bn=f"{name.bn} {number} কেজি")
