"""What a reader may narrow the lists of shops and devices by."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rasad.shops.models import Device, Shop
from rasad.shops.queries.devices import DeviceState, ShopState


class _Districts(filters.FilterSet):  # type: ignore[misc]
    """A filter by district, for readers of more than one."""

    def __init__(self, data: Any, queryset: QuerySet[Any], *, districts: list[tuple[str, str]]) -> None:
        super().__init__(data, queryset)
        self.filters["district"].extra["choices"] = districts
        if len(districts) < 2:
            # One district is no choice.
            del self.filters["district"]

    @property
    def narrowed(self) -> bool:
        """Whether the list is narrowed by anything."""
        return any(value not in (None, "") for value in self.form.cleaned_data.values())


class ShopFilter(_Districts):
    """Shops by name, place or number, district, and how they are now."""

    q = filters.CharFilter(method="found", label=_("Search"))
    district = filters.ChoiceFilter(
        field_name="district_code", label=_("District"), empty_label=_("All districts")
    )
    state = filters.ChoiceFilter(choices=ShopState.choices, label=_("Now"), empty_label=_("Any"))

    class Meta:
        model = Shop
        fields: list[str] = []

    def found(self, shops: QuerySet[Shop], name: str, text: str) -> QuerySet[Shop]:
        """Shops by part of their own or their place's name, or the first digits of the number."""
        said = text.strip()
        by_name = Q(name__icontains=said) | Q(name_hi__icontains=said) | Q(place__name__icontains=said)
        return shops.filter(by_name | Q(number__startswith=said))


class DeviceFilter(_Districts):
    """Devices by their own or their shop's name or number, district, and how they are now."""

    q = filters.CharFilter(method="found", label=_("Search"))
    district = filters.ChoiceFilter(
        field_name="shop__district_code", label=_("District"), empty_label=_("All districts")
    )
    state = filters.ChoiceFilter(choices=DeviceState.choices, label=_("Status"), empty_label=_("Any status"))

    class Meta:
        model = Device
        fields: list[str] = []

    def found(self, devices: QuerySet[Device], name: str, text: str) -> QuerySet[Device]:
        """Devices by part of their own or their shop's name, or the first digits of the shop's number."""
        said = text.strip()
        by_name = Q(name__icontains=said) | Q(shop__name__icontains=said) | Q(shop__name_hi__icontains=said)
        return devices.filter(by_name | Q(shop__number__startswith=said))
