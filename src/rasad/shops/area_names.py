"""Names of shops for the areas staff are bound to."""

from collections.abc import Collection

from rasad.accounts.models import Area
from rasad.shops.models import Shop
from rasad.web.language import in_language


def shop_names(kind: str, codes: Collection[str]) -> dict[str, str]:
    """The names of those of these shops that are in the register; none for other kinds of area."""
    if kind != Area.Kind.SHOP:
        return {}
    found = Shop.objects.filter(number__in=codes).values_list("number", "name", "name_hi")
    return {number: in_language(name, name_hi) for number, name, name_hi in found}
