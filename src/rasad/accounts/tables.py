"""Lists of staff."""

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rasad.accounts import areas
from rasad.accounts.models import User


class StaffTable(tables.Table):  # type: ignore[misc]  # untyped library
    """Staff with role and areas. Call `name_areas` once the page of rows is chosen."""

    username = tables.Column(
        verbose_name=_("User name"), linkify=("accounts:member", {"username": tables.A("username")})
    )
    first_name = tables.Column(verbose_name=_("Name"))
    role = tables.Column(verbose_name=_("Role"))
    bound = tables.Column(verbose_name=_("Bound to"), empty_values=(), orderable=False)
    is_active = tables.Column(verbose_name=_("Status"), orderable=False)

    class Meta:
        empty_text = _("No member of staff is found")

    def name_areas(self) -> None:
        """Look up the names of the areas of the rows on this page."""
        shown = [row.record for row in self.paginated_rows]
        self._areas = areas.named(area for person in shown for area in person.areas.all())

    def render_bound(self, record: User) -> SafeString:
        """The areas by name, code beside it."""
        found = self._areas.get(record.pk, [])
        return format_html_join("; ", "{} {} {}", ((area.kind, area.name, area.code) for area in found))

    def render_is_active(self, value: bool) -> SafeString:
        """Open or closed, in a word."""
        kind, word = ("good", gettext("Active")) if value else ("bad", gettext("Closed"))
        return format_html('<span class="tag {}">{}</span>', kind, word)
