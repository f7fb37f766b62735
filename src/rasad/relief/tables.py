"""The lists of tokens, rows, questions, shops and runs."""

from collections.abc import Iterable

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from rasad.relief import numbers, reasons, schemes
from rasad.relief.models import Review, Run, SourceRow, Token
from rasad.relief.privacy import Sight
from rasad.relief.queries.names import Names, in_language, names
from rasad.relief.queries.rows import card_of, reason_of
from rasad.relief.queries.runs import as_it_is
from rasad.shops.models import Shop
from rasad.values.aadhaar import mask_card
from rasad.web.templatetags.rasad import day, indian, moment

NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
# Kept off small screens, where each cell is a line of its own.
LESSER_NUMBER = {"td": {"class": "number lesser"}, "th": {"class": "number"}}
LESSER = {"td": {"class": "lesser whole"}}
WHOLE = {"td": {"class": "whole"}}
# The word says it; the tone only helps.
TONES: dict[str, str] = {
    Token.State.AWAITING_SHOP: "wait",
    Token.State.SHOP_ASSIGNED: "plain",
    Token.State.PUBLISHED: "plain",
    Token.State.DELIVERED: "good",
    Token.State.IN_USE: "good",
    Token.State.EXPIRED: "plain",
    Token.State.CANCELLED: "bad",
    SourceRow.Outcome.TOKEN: "good",
    SourceRow.Outcome.LINKED: "plain",
    SourceRow.Outcome.REFUSED: "bad",
    SourceRow.Outcome.IN_REVIEW: "wait",
    Review.State.OPEN: "wait",
    Run.State.RUNNING: "wait",
    Run.State.DONE: "good",
    Run.State.FAILED: "bad",
}


def tag(state: str, words: object) -> SafeString:
    """A state as a word with its tone."""
    return format_html('<span class="tag {}">{}</span>', TONES.get(state, "plain"), words)


def link(href: str, words: object) -> SafeString:
    """A link."""
    return format_html('<a href="{}">{}</a>', href, words)


class _Named(tables.Table):  # type: ignore[misc]
    """A table whose cells need the names of the codes on its page, read once for the page."""

    def __init__(self, *args: object, sight: Sight, **more: object) -> None:
        super().__init__(*args, **more)
        self.sight = sight
        self._names: Names | None = None

    def codes(self, rows: Iterable[object]) -> dict[str, set[str]]:
        """The codes on this page: districts, places, shops."""
        return {}

    @property
    def named(self) -> Names:
        """Their names."""
        if self._names is None:
            self._names = names(**self.codes([row.record for row in self.paginated_rows]))
        return self._names


class TokenTable(_Named):
    """Tokens: number, holder, place, shop or what is in the way of one, state."""

    number = tables.Column(verbose_name=_("Token"), attrs=WHOLE)
    holder_name = tables.Column(verbose_name=_("Head of the family"), order_by=("holder_name", "number"))
    member_count = tables.Column(
        verbose_name=_("Members"), attrs=LESSER_NUMBER, order_by=("member_count", "number")
    )
    place = tables.Column(
        empty_values=(), verbose_name=_("Village or ward"), order_by=("district_code", "place_name", "number")
    )
    shop = tables.Column(empty_values=(), verbose_name=_("Shop"), order_by=("shop_number", "number"))
    state = tables.Column(verbose_name=_("Status"), orderable=False)
    issued_on = tables.Column(verbose_name=_("Issued"), attrs=LESSER, order_by=("issued_on", "number"))

    class Meta:
        empty_text = _("No token here")
        order_by = "number"

    def codes(self, rows: Iterable[Token]) -> dict[str, set[str]]:  # type: ignore[override]
        """Districts, places and shops of the page."""
        rows = list(rows)
        return {
            "districts": {row.district_code for row in rows},
            "places": {row.place_code for row in rows},
            "shops": {row.shop_number for row in rows},
        }

    def render_number(self, value: str) -> SafeString:
        """The number in groups, with the way to the token's story."""
        return link(reverse("relief:token", args=[value]), numbers.printed(value))

    def render_holder_name(self, value: str) -> str:
        """The name as this reader may see it."""
        return self.sight.name(value)

    def render_place(self, record: Token) -> SafeString | str:
        """Village or ward and district; what the family wrote when the place is not known."""
        district = self.named.district(record.district_code)
        if not self.named.knows_place(record.place_code):
            written = record.place_name or record.place_code or _("not known")
            return format_html('{}<br><small class="soft">{}</small>', written, district)
        place = link(reverse("relief:place", args=[record.place_code]), self.named.place(record.place_code))
        return format_html('{}<br><small class="soft">{}</small>', place, district)

    def render_shop(self, record: Token) -> SafeString | str:
        """The shop and its distance, or why there is none."""
        if not record.shop_number:
            return reasons.shop_reason(record.shop_reason)
        return format_html(
            '{}<br><small class="soft">{}</small>', self.named.shop(record.shop_number), record.shop_number
        )

    def render_state(self, record: Token) -> SafeString:
        """The state as a word."""
        return tag(record.last_state, record.last_state_words)

    def render_issued_on(self, value: object) -> str:
        """The day."""
        return day(value)  # type: ignore[arg-type]


class RowTable(_Named):
    """Rows of the sources that led to no token of their own."""

    reference = tables.Column(verbose_name=_("Reference"), order_by=("reference", "pk"))
    holder_name = tables.Column(verbose_name=_("Head of the family"), order_by=("holder_name", "pk"))
    district = tables.Column(empty_values=(), verbose_name=_("District"), order_by=("district_code", "pk"))
    reason = tables.Column(empty_values=(), verbose_name=_("Reason"), order_by=("reason", "pk"))
    received_on = tables.Column(verbose_name=_("Received"), order_by=("received_on", "pk"))

    class Meta:
        empty_text = _("No row here")

    def __init__(self, *args: object, sight: Sight, **more: object) -> None:
        super().__init__(*args, sight=sight, **more)
        self._titles: dict[str, dict[str, str]] = {}

    def codes(self, rows: Iterable[SourceRow]) -> dict[str, set[str]]:  # type: ignore[override]
        """Districts of the page."""
        return {"districts": {row.district_code for row in rows}}

    def render_reference(self, record: SourceRow) -> SafeString:
        """The source's own reference, with the way to the whole answer, and the source."""
        titles = self._titles.setdefault(record.scheme, schemes.source_titles(record.scheme))
        return format_html(
            '{}<br><small class="soft">{}</small>',
            link(reverse("relief:row", args=[record.pk]), record.reference),
            titles.get(record.source, record.source),
        )

    def render_holder_name(self, value: str) -> str:
        """The name as this reader may see it."""
        return self.sight.name(value)

    def render_district(self, record: SourceRow) -> str:
        """The district's name."""
        return self.named.district(record.district_code) if record.district_code else str(_("not known"))

    def render_reason(self, record: SourceRow) -> SafeString:
        """The reason in a few words, and the card it was found on, masked."""
        words = tag(record.outcome, reasons.name(reason_of(record.outcome, record.reason)))
        card = card_of(record.facts)
        return format_html('{}<br><small class="soft">{}</small>', words, card) if card else words

    def render_received_on(self, value: object) -> str:
        """The day."""
        return day(value)  # type: ignore[arg-type]


class ReviewTable(_Named):
    """Questions for a person: may this token's family be the one on this card?"""

    token = tables.Column(empty_values=(), verbose_name=_("Token"), order_by=("token__number", "pk"))
    holder = tables.Column(empty_values=(), verbose_name=_("Head of the family"), orderable=False)
    card_number = tables.Column(verbose_name=_("Ration card"), orderable=False)
    weight = tables.Column(verbose_name=_("Likeness"), attrs=NUMBER, order_by=("weight", "pk"))
    state = tables.Column(verbose_name=_("Answer"), orderable=False)

    class Meta:
        empty_text = _("No open question")
        order_by = "-weight"

    def render_token(self, record: Review) -> SafeString:
        """The token's number, with the way to the question."""
        href = reverse("desk:review", args=[record.pk])
        return link(href, numbers.printed(record.token.number))

    def render_holder(self, record: Review) -> str:
        """The name as this reader may see it."""
        return self.sight.name(record.token.holder_name)

    def render_card_number(self, record: Review) -> SafeString:
        """The card, masked, and its category."""
        card = mask_card(record.card_number)
        return format_html('<code>{}</code><br><small class="soft">{}</small>', card, record.card_category)

    def render_weight(self, value: float) -> str:
        """The weight with one decimal: twice the odds for each point."""
        return indian(round(value, 1))

    def render_state(self, record: Review) -> SafeString:
        """The answer as a word."""
        return tag(record.state, record.get_state_display())


class ShopTable(_Named):
    """Shops with their room."""

    name = tables.Column(verbose_name=_("Shop"), order_by=("name", "number"))
    place = tables.Column(verbose_name=_("Village or ward"), order_by=("place__name", "number"))
    district = tables.Column(
        empty_values=(), verbose_name=_("District"), order_by=("district_code", "number")
    )
    assigned = tables.Column(verbose_name=_("Tokens"), attrs=NUMBER, order_by=("assigned", "number"))
    capacity_families = tables.Column(
        verbose_name=_("Room for"), attrs=LESSER_NUMBER, order_by=("capacity_families", "number")
    )
    room = tables.Column(verbose_name=_("Room left"), attrs=NUMBER, order_by=("room", "number"))
    load = tables.TemplateColumn(
        template_name="relief/gauge.html",
        verbose_name=_("Load"),
        orderable=False,
        attrs={"td": {"class": "gauge"}},
    )

    class Meta:
        empty_text = _("No shop here")
        order_by = "room"

    def codes(self, rows: Iterable[Shop]) -> dict[str, set[str]]:  # type: ignore[override]
        """Districts of the page."""
        return {"districts": {row.district_code for row in rows}}

    def render_name(self, record: Shop) -> SafeString:
        """The name, with the way to the shop, and its number."""
        return format_html(
            '{}<br><small class="soft">{}</small>',
            link(reverse("relief:shop", args=[record.number]), in_language(record.name, record.name_hi)),
            record.number,
        )

    def render_place(self, record: Shop) -> str:
        """Where it stands."""
        return in_language(record.place.name, record.place.name_hi)

    def render_district(self, record: Shop) -> str:
        """The district's name."""
        return self.named.district(record.district_code)

    def render_assigned(self, value: int) -> str:
        """Tokens drawn there."""
        return indian(value)

    def render_capacity_families(self, value: int) -> str:
        """Families it can serve beside its own cards."""
        return indian(value)

    def render_room(self, value: int) -> str:
        """Families it can still take."""
        return indian(value)


class RunTable(_Named):
    """Runs: when, under which scheme, by whom, how they ended."""

    started_at = tables.Column(verbose_name=_("Started"))
    scheme = tables.Column(verbose_name=_("Scheme"))
    by = tables.Column(verbose_name=_("By"), orderable=False)
    state = tables.Column(verbose_name=_("Status"))

    class Meta:
        empty_text = _("No run yet")
        order_by = "-started_at"

    def render_started_at(self, record: Run) -> SafeString:
        """The moment, with the way to the run."""
        return link(reverse("relief:run", args=[record.key]), moment(record.started_at))

    def render_scheme(self, value: str) -> str:
        """The scheme's name."""
        return schemes.title(value)

    def render_state(self, record: Run) -> SafeString:
        """The state as a word."""
        run = as_it_is(record)
        return tag(run.state, run.get_state_display())
