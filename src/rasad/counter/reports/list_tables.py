"""The lists that the office goes through one by one."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rasad.counter.models import Refusal, Sale
from rasad.counter.receipts import number_of
from rasad.counter.reports.lists import goods, quantity
from rasad.counter.reports.tables import NUMBER, OfShops
from rasad.counter.templatetags.counter import masked
from rasad.registry.models import Membership
from rasad.relief.privacy import Sight
from rasad.web.templatetags.rasad import measure, moment


class UnauthenticatedTable(OfShops):
    """Sales without authentication, one by one."""

    at = tables.Column(verbose_name=_("Time"), order_by=("at", "pk"))
    shop_id = tables.Column(verbose_name=_("Shop"), order_by=("shop_id", "at"))
    holder = tables.Column(verbose_name=_("Card"), orderable=False)
    why = tables.Column(verbose_name=_("Reason"), order_by=("why", "at"))
    ekyc_asked = tables.Column(verbose_name=_("eKYC asked for"), orderable=False)

    class Meta:
        empty_text = _("Every sale of this month was authenticated")
        order_by = "-at"

    def __init__(self, *args: object, sight: Sight, opens: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not sight.families:
            self.columns.hide("holder")
        self.opens = opens

    def render_at(self, record: Sale) -> SafeString | str:
        """The moment, with the way to the receipt for those who may open it."""
        if not self.opens:
            return moment(record.at)
        href = reverse("counter:receipt", args=[record.pk])
        return format_html(
            '{}<br><a href="{}"><code>{}</code></a>', moment(record.at), href, number_of(str(record.pk))
        )

    def render_shop_id(self, value: str) -> SafeString:
        """The shop."""
        return self.shop_link(value)

    def render_holder(self, value: str) -> SafeString:
        """The end of the number."""
        return format_html("<code>{}</code>", masked(value))

    def render_ekyc_asked(self, value: bool) -> str:
        """Yes or no."""
        return gettext("Yes") if value else gettext("No")


class UnlinkedTable(OfShops):
    """Members who are asked to come for eKYC."""

    person = tables.Column(verbose_name=_("Member"), accessor="person__name", orderable=False)
    card = tables.Column(verbose_name=_("Card"), order_by=("card", "line"))
    shop = tables.Column(verbose_name=_("Shop"), order_by=("shop", "card", "line"))
    missing = tables.Column(verbose_name=_("What is missing"), empty_values=(), orderable=False)

    class Meta:
        empty_text = _("Every member is linked with Aadhaar and validated")
        order_by = "shop"

    def __init__(self, *args: object, sight: Sight, **more: Any) -> None:
        super().__init__(*args, **more)
        if not sight.families:
            self.columns.hide("card")
        self.sight = sight

    def render_person(self, record: Membership) -> str:
        """The name as this reader may see it."""
        return self.sight.name(record.person.name)

    def render_card(self, value: str) -> SafeString:
        """The end of the number."""
        return format_html("<code>{}</code>", masked(value))

    def render_shop(self, value: str) -> SafeString:
        """The shop the card is tagged to."""
        return self.shop_link(value)

    def render_missing(self, record: Membership) -> SafeString:
        """Not linked, or linked and not validated."""
        if record.person.aadhaar_ref is None:
            return format_html('<span class="tag bad">{}</span>', gettext("not linked"))
        return format_html('<span class="tag wait">{}</span>', gettext("not validated"))


class NotSuppliedTable(OfShops):
    """Families who went without because the shop had not enough."""

    at = tables.Column(verbose_name=_("Time"), order_by=("at", "pk"))
    shop_id = tables.Column(verbose_name=_("Shop"), order_by=("shop_id", "at"))
    holder = tables.Column(verbose_name=_("Card"), orderable=False)
    commodity = tables.Column(verbose_name=_("Goods"), accessor="facts__commodity", orderable=False)
    asked = tables.Column(verbose_name=_("Asked for"), accessor="facts__asked", orderable=False, attrs=NUMBER)
    left = tables.Column(verbose_name=_("In the shop"), accessor="facts__left", orderable=False, attrs=NUMBER)

    class Meta:
        empty_text = _("No sale was refused for want of stock")
        order_by = "-at"

    def __init__(self, *args: object, sight: Sight, **more: Any) -> None:
        super().__init__(*args, **more)
        if not sight.families:
            self.columns.hide("holder")

    def render_at(self, record: Refusal) -> str:
        """The moment."""
        return moment(record.at)

    def render_shop_id(self, value: str) -> SafeString:
        """The shop."""
        return self.shop_link(value)

    def render_holder(self, value: str) -> SafeString:
        """The end of the number."""
        return format_html("<code>{}</code>", masked(value))

    def render_commodity(self, value: str) -> str:
        """Its name."""
        return goods(value)

    def render_asked(self, value: str) -> str:
        """With its unit."""
        return _written(value)

    def render_left(self, value: str) -> str:
        """With its unit."""
        return _written(value)


def _written(text: str) -> str:
    found = quantity(text)
    return measure(found) if found else text
