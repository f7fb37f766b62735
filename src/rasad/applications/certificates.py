"""Surrender and deletion certificates: given once, used once."""

from datetime import date

from rasad import wiring
from rasad.applications import numbers
from rasad.applications.models import Application, Certificate
from rasad.registry.models import Card
from rasad.values.refused import Refused


def give(application: Application, kind: str, card: Card, people: list[str], *, on: date) -> Certificate:
    """A certificate of ours."""
    return Certificate.objects.create(
        number=numbers.certificate_number(on=on), state=wiring.state_code(), kind=kind,
        application=application, card=card, people=people, issued_on=on,
    )  # fmt: skip


def use(application: Application, *, state: str, number: str) -> Certificate:
    """Use a certificate for an application; one of another State is written down as it is used.

    Refused: certificate_used.
    """
    Certificate.objects.get_or_create(
        state=state, number=number, defaults={"kind": Certificate.Kind.SURRENDER}
    )
    free = Certificate.objects.filter(state=state, number=number, used_by=None)
    if free.update(used_by=application) != 1:
        raise Refused("certificate_used", number=number)
    return Certificate.objects.get(state=state, number=number)
