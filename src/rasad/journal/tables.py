"""The list of journal entries."""

import json
from datetime import datetime

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from rasad.journal.models import Entry
from rasad.journal.words import ACTS
from rasad.web.templatetags.rasad import indian, moment


class EntryTable(tables.Table):  # type: ignore[misc]  # untyped library
    """Entries as written; the facts as name and value."""

    number = tables.Column(
        verbose_name=_("No."), attrs={"td": {"class": "number"}, "th": {"class": "number"}}
    )
    at = tables.Column(verbose_name=_("When"))
    by = tables.Column(verbose_name=_("By whom"))
    action = tables.Column(verbose_name=_("Act"))
    of_key = tables.Column(verbose_name=_("On what"))
    facts = tables.Column(verbose_name=_("Facts and reason"), empty_values=())

    class Meta:
        orderable = False
        empty_text = _("No entry is found")

    def render_number(self, value: int) -> str:
        """Grouped as India does."""
        return indian(value)

    def render_at(self, value: datetime) -> SafeString:
        """Day and time in India."""
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), moment(value))

    def render_action(self, value: str) -> SafeString:
        """The act in words, for one without words its code."""
        return format_html("{}", ACTS[value]) if value in ACTS else format_html("<code>{}</code>", value)

    def render_of_key(self, record: Entry, value: str) -> SafeString:
        """Which thing, its kind before it."""
        return format_html('<span class="soft">{}</span> {}', record.of_kind, value)

    def render_facts(self, record: Entry) -> SafeString:
        """Reason first, then every fact."""
        facts = ", ".join(f"{name}: {_text(value)}" for name, value in sorted(record.facts.items()))
        if record.reason and facts:
            return format_html("{}<br><span class='soft small'>{}</span>", record.reason, facts)
        return format_html("{}", record.reason or facts)


def _text(value: object) -> str:
    match value:
        case str():
            return value
        case int() if not isinstance(value, bool):
            return indian(value)
        case list():
            return ", ".join(map(_text, value))
        case _:
            return json.dumps(value, ensure_ascii=False)
