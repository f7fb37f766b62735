"""What the office looks at one by one: sales without authentication, members to be linked, ration not supplied."""

import re
from decimal import Decimal
from typing import Literal

from django.db.models import F, Q, QuerySet

from rasad import wiring
from rasad.counter.models import Mode, Refusal, Sale
from rasad.counter.reports.asked import Scope
from rasad.ledger.queries import span
from rasad.policy.jurisdiction import jurisdiction
from rasad.registry.models import Membership
from rasad.values.measure import Measure
from rasad.values.quantities import grams
from rasad.web.language import active

NOT_SUPPLIED = "stock_short"
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?) (kg|litre)")


def unauthenticated(sales: QuerySet[Sale], scope: Scope) -> QuerySet[Sale]:
    """Sales of the month that went without authentication and still stand."""
    return _of_month(sales, scope).filter(mode=Mode.UNAUTHENTICATED, reversal=None)


def unlinked(scope: Scope) -> QuerySet[Membership]:
    """Members of the shops' living cards who are not linked with Aadhaar, or not validated, as things are now.

    Each with `card` and `shop`, the numbers. Nobody of them goes without food for it: they are asked to come.
    """
    on = scope.at.date()
    living = Q(
        household__cards__shop_number__in=list(scope.shops),
        household__cards__during__contains=on,
        during__contains=on,
    )
    missing = Q(person__aadhaar_ref=None) | Q(person__aadhaar_validated_on=None)
    found = Membership.objects.filter(living).filter(missing).select_related("person")
    return found.annotate(card=F("household__cards__number"), shop=F("household__cards__shop_number"))


def not_supplied(refusals: QuerySet[Refusal], scope: Scope) -> QuerySet[Refusal]:
    """Sales of the month that were refused because the shop had not enough: what the family is owed an answer for."""
    return _of_month(refusals, scope).filter(code=NOT_SUPPLIED)


def _of_month(rows: QuerySet, scope: Scope) -> QuerySet:  # type: ignore[type-arg]
    first, after = span(scope.month)
    return rows.filter(shop_id__in=list(scope.shops), at__gte=first, at__lt=after)


def quantity(text: str) -> Measure | None:
    """A quantity as refusals keep it, "5 kg", to be read in any language; None for anything else."""
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    unit: Literal["kg", "litre"] = "kg" if found[2] == "kg" else "litre"
    return Measure(grams(Decimal(found[1])), unit)


def goods(name: str) -> str:
    """A commodity that a refusal names in English, in the reader's language where the State's rules know it."""
    for one in jurisdiction(wiring.state_code()).commodities:
        if one.name.en == name:
            return one.name.in_language(active())
    return name
