"""The list of a day's sales."""

from datetime import datetime
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from rasad.counter.models import Mode, Sale
from rasad.counter.receipts import number_of
from rasad.counter.templatetags.counter import masked
from rasad.web.templatetags.rasad import rupees

_NUMBERS = {"th": {"class": "number"}, "td": {"class": "number"}}
TONES = {Mode.BIOMETRIC: "good", Mode.MOBILE_OTP: "good", Mode.UNAUTHENTICATED: "wait"}


class SaleTable(tables.Table):  # type: ignore[misc]  # no types
    """Sales: receipt, time, card, mode, amount; those taken back say so."""

    receipt = tables.Column(verbose_name=gettext_lazy("Receipt"), accessor="pk", orderable=False)
    at = tables.Column(verbose_name=gettext_lazy("Time"))
    holder = tables.Column(verbose_name=gettext_lazy("Card"), orderable=False)
    mode = tables.Column(verbose_name=gettext_lazy("Shown by"))
    amount = tables.Column(verbose_name=gettext_lazy("Amount"), attrs=_NUMBERS)

    class Meta:
        empty_text = gettext_lazy("No sale yet")

    def render_receipt(self, value: Any) -> SafeString:
        """The number, which leads to the receipt."""
        return format_html(
            '<a href="{}"><code>{}</code></a>',
            reverse("counter:receipt", args=[value]),
            number_of(str(value)),
        )

    def render_at(self, value: datetime) -> str:
        """The time of the day."""
        return f"{timezone.localtime(value):%H:%M}"

    def render_holder(self, value: str) -> SafeString:
        """The end of the number."""
        return format_html("<code>{}</code>", masked(value))

    def render_mode(self, record: Sale) -> SafeString:
        """The mode in words, and whether the sale was taken back."""
        mode = Mode(record.mode)
        tag = format_html('<span class="tag {}">{}</span>', TONES[mode], mode.label)
        if record.is_taken_back:  # type: ignore[attr-defined]  # annotated
            return format_html('{} <span class="tag bad">↺ {}</span>', tag, gettext("taken back"))
        return tag

    def render_amount(self, value: int) -> str:
        """In rupees."""
        return rupees(value)
