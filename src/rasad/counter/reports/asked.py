"""Which month of which shops a report is about; only shops of the reader's areas are ever among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from rasad.accounts import access
from rasad.ledger.queries import span
from rasad.shops.forms import MonthOf
from rasad.shops.models import Shop
from rasad.shops.queries.devices import districts_of
from rasad.values.month import Month
from rasad.web.language import in_language


@dataclass(frozen=True)
class Scope:
    """A month and shops by number with their names; `shop`: the one shop it is narrowed to."""

    month: Month
    shops: Mapping[str, str]
    form: MonthOf
    at: datetime
    shop: Shop | None = None

    @property
    def district(self) -> str:
        """The name of the district, where a whole one is shown."""
        return "" if self.shop else dict(self.form.districts).get(self.form.chosen_district, "")

    @property
    def narrowed_by(self) -> dict[str, str]:
        """What was chosen, for the journal."""
        where = {"shop": self.shop.number} if self.shop else {"district": self.form.chosen_district}
        return {"month": str(self.month), **where}

    def given(self) -> dict[str, object]:
        """The shops and the moments the month begins and ends, as the questions take them."""
        first, after = span(self.month)
        return {"shops": list(self.shops), "first": first, "after": after, "month": str(self.month)}


def scope(request: HttpRequest, *, at: datetime) -> Scope:
    """What a reader asked for: one shop, else the shops of a district. Raises Http404 for a shop of others."""
    mine = access.all_for(request.user, Shop)
    form = MonthOf(request.GET, today=at.date(), districts=districts_of(mine))
    number = request.GET.get("shop", "")
    if number:
        shop = access.one_for(request.user, Shop, number=number)
        return Scope(form.chosen_month, {shop.number: _name(shop)}, form, at, shop)
    shops = mine.filter(district_code=form.chosen_district).order_by("name", "number")
    return Scope(form.chosen_month, {shop.number: _name(shop) for shop in shops}, form, at)


def _name(shop: Shop) -> str:
    return in_language(shop.name, shop.name_hi)
