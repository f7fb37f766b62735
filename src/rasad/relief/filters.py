"""What a reader may narrow a list by. Pickers offer only what lies in the reader's areas."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rasad.accounts import access
from rasad.accounts.models import Area
from rasad.relief import numbers, reasons, schemes
from rasad.relief.models import Review, SourceRow, Token
from rasad.relief.queries import overview
from rasad.relief.queries.names import district_choices
from rasad.shops.models import Shop
from rasad.values.aadhaar import is_aadhaar

LEAST_DIGITS = 3


def holds_aadhaar(request: HttpRequest) -> bool:
    """Whether somebody typed an Aadhaar number to search for: no list is searched by one."""
    return is_aadhaar(numbers.typed(request.GET.get("q", "")))


class _Within(filters.FilterSet):  # type: ignore[misc]
    """A filter that knows its reader."""

    scheme = filters.CharFilter(widget=forms.HiddenInput)
    district = filters.ChoiceFilter(
        field_name="district_code", label=_("District"), empty_label=_("All districts")
    )

    def __init__(self, data: Any, queryset: QuerySet[Any], *, request: HttpRequest) -> None:
        super().__init__(data, queryset, request=request)
        offered = districts_of(request.user)
        if len(offered) > 1:
            self.filters["district"].extra["choices"] = offered
        else:
            # One district is no choice.
            del self.filters["district"]

    @property
    def narrowed(self) -> bool:
        """Whether the list is narrowed by anything."""
        return any(value not in (None, "") for value in self.form.cleaned_data.values())

    def by_name(self) -> bool:
        """Whether the reader may search for people."""
        return access.may(self.request.user, "see_families")


def districts_of(reader: access.Reader) -> list[tuple[str, str]]:
    """Code and name of every district of a reader's areas."""
    areas = access.areas_of(reader)
    if Area.Kind.STATE in areas:
        return district_choices(None)
    return district_choices(areas[Area.Kind.DISTRICT]) if Area.Kind.DISTRICT in areas else []


class TokenFilter(_Within):
    """Tokens by number, name, mobile; district, source, state, and why there is or is not a shop."""

    q = filters.CharFilter(method="found", label=_("Search"))
    source = filters.ChoiceFilter(label=_("Source"), empty_label=_("All sources"))
    state = filters.ChoiceFilter(
        choices=[*Token.State.choices, ("on_the_way", _("With a shop, not yet handed over"))],
        label=_("Status"),
        empty_label=_("Any status"),
        method="standing",
    )
    reason = filters.ChoiceFilter(
        field_name="shop_reason",
        choices=list(reasons.SHOPS.items()),
        label=_("How the shop was found"),
        empty_label=_("Any"),
    )
    # These arrive by links from a shop, a place, a day: shown as something that can be taken off again.
    shop = filters.CharFilter(field_name="shop_number", widget=forms.HiddenInput)
    place = filters.CharFilter(field_name="place_code", widget=forms.HiddenInput)
    written = filters.CharFilter(field_name="place_name", widget=forms.HiddenInput)
    until = filters.DateFilter(field_name="issued_on", lookup_expr="lte", widget=forms.HiddenInput)
    on = filters.DateFilter(field_name="issued_on", widget=forms.HiddenInput)

    class Meta:
        model = Token
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[Token], *, request: HttpRequest, schemes_: list[str]
    ) -> None:
        super().__init__(data, queryset, request=request)
        self.filters["source"].extra["choices"] = source_choices(schemes_)

    def found(self, tokens: QuerySet[Token], name: str, text: str) -> QuerySet[Token]:
        """Tokens by whole or first digits of the number, by mobile, or by part of the holder's name."""
        digits = numbers.typed(text)
        if digits:
            by_number = Q(number=digits) if len(digits) == numbers.LENGTH else Q(number__startswith=digits)
            if len(digits) < LEAST_DIGITS:
                return tokens.none()
            return tokens.filter(by_number | Q(mobile=digits) if self.by_name() else by_number)
        return tokens.filter(holder_name__icontains=text.strip()) if self.by_name() else tokens.none()

    def standing(self, tokens: QuerySet[Token], name: str, state: str) -> QuerySet[Token]:
        """Tokens of one state, or of the two between the shop and the family."""
        wanted = overview.ON_THE_WAY if state == "on_the_way" else [state]
        return tokens.filter(Q(state__in=wanted) | Q(state=Token.State.EXPIRED, state_before_end__in=wanted))


class RowFilter(_Within):
    """Rows by reference or name; district, source, outcome and reason."""

    q = filters.CharFilter(method="found", label=_("Search"))
    source = filters.ChoiceFilter(label=_("Source"), empty_label=_("All sources"))
    outcome = filters.ChoiceFilter(
        choices=[
            (code, label) for code, label in SourceRow.Outcome.choices if code != SourceRow.Outcome.TOKEN
        ],
        label=_("What became of it"),
        empty_label=_("Refused and waiting"),
        method="ended",
    )
    reason = filters.ChoiceFilter(label=_("Reason"), empty_label=_("All reasons"))
    until = filters.DateFilter(method="received", widget=forms.HiddenInput)

    class Meta:
        model = SourceRow
        fields: list[str] = []

    def __init__(
        self, data: Any, queryset: QuerySet[SourceRow], *, request: HttpRequest, schemes_: list[str]
    ) -> None:
        super().__init__(data, queryset, request=request)
        self.filters["source"].extra["choices"] = source_choices(schemes_)
        self.filters["reason"].extra["choices"] = reason_choices(schemes_)

    def found(self, rows: QuerySet[SourceRow], name: str, text: str) -> QuerySet[SourceRow]:
        """Rows by the first characters of the reference, or by part of the holder's name."""
        by_reference = Q(reference__istartswith=text.strip())
        if self.by_name():
            return rows.filter(by_reference | Q(holder_name__icontains=text.strip()))
        return rows.filter(by_reference)

    def ended(self, rows: QuerySet[SourceRow], name: str, outcome: str) -> QuerySet[SourceRow]:
        """Rows of one outcome."""
        return rows.filter(outcome=outcome)

    def received(self, rows: QuerySet[SourceRow], name: str, until: object) -> QuerySet[SourceRow]:
        """Rows received up to a day; one without a readable day counts as received."""
        return rows.filter(Q(received_on__lte=until) | Q(received_on=None))

    def filter_queryset(self, rows: QuerySet[SourceRow]) -> QuerySet[SourceRow]:
        """Refused and waiting rows unless an outcome is asked for."""
        if not self.form.cleaned_data.get("outcome"):
            rows = rows.filter(outcome__in=[SourceRow.Outcome.REFUSED, SourceRow.Outcome.IN_REVIEW])
        return super().filter_queryset(rows)  # type: ignore[no-any-return]


class ReviewFilter(_Within):
    """Questions by district and answer."""

    state = filters.ChoiceFilter(
        choices=Review.State.choices, label=_("Answer"), empty_label=_("All answers")
    )

    class Meta:
        model = Review
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Review], *, request: HttpRequest) -> None:
        super().__init__(data, queryset, request=request)
        self.filters["scheme"].field_name = "token__scheme"


class ShopFilter(_Within):
    """Shops by name or number, district, and whether they have room left."""

    q = filters.CharFilter(method="found", label=_("Search"))
    room = filters.ChoiceFilter(
        choices=[("left", _("With room left")), ("full", _("Full"))],
        label=_("Room"),
        empty_label=_("Any"),
        method="roomy",
    )

    class Meta:
        model = Shop
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Shop], *, request: HttpRequest) -> None:
        super().__init__(data, queryset, request=request)
        del self.filters["scheme"]

    def found(self, shops: QuerySet[Shop], name: str, text: str) -> QuerySet[Shop]:
        """Shops by part of their own or their place's name, or the first digits of the number."""
        said = text.strip()
        return shops.filter(
            Q(name__icontains=said)
            | Q(name_hi__icontains=said)
            | Q(place__name__icontains=said)
            | Q(place__name_hi__icontains=said)
            | Q(number__startswith=said)
        )

    def roomy(self, shops: QuerySet[Shop], name: str, value: str) -> QuerySet[Shop]:
        """Shops with room for another family, or without."""
        left = Q(room__gt=0)
        return shops.filter(left) if value == "left" else shops.exclude(left)


def source_choices(codes: list[str]) -> list[tuple[str, str]]:
    """The sources of these schemes by name."""
    return list(
        {code: title for scheme in codes for code, title in schemes.source_titles(scheme).items()}.items()
    )


def reason_choices(codes: list[str]) -> list[tuple[str, str]]:
    """The reasons rows of these schemes can have: those of the system, then those of the conditions."""
    named = {code: str(reason.name) for code, reason in reasons.REASONS.items()}
    del named["issued"], named[reasons.PERHAPS]
    for scheme in map(schemes.known, codes):
        for source in scheme.sources if scheme else ():
            for condition in source.conditions:
                named[condition.otherwise.reason] = reasons.name(condition.otherwise.reason)
    return list(named.items())
