"""What is asked about shops."""

from pathlib import Path

from rasad.registry import arrow
from rasad.shops.models import Shop

_SHOPS = """
SELECT s.number, s.name, s.name_hi, CASE WHEN p.kind IN ('village', 'ward') THEN p.code ELSE '' END AS place,
       s.district_code AS district, s.address, s.latitude, s.longitude, s.capacity_families AS capacity,
       s.dealer_name, s.dealer_mobile, lower(s.open_during) AS open_since, upper(s.open_during) AS open_until
FROM shops_shop s JOIN registry_place p ON p.id = s.place_id
ORDER BY s.number
"""


def shop_numbers() -> set[str]:
    """The numbers of all shops there are or were."""
    return set(Shop.objects.values_list("number", flat=True))


def export_shops(out: Path) -> int:
    """Write `shops.parquet` into a folder, in the form the importer and the relief run read; rows written."""
    with arrow.snapshot() as link:
        return arrow.write_parquet(link, _SHOPS, out / "shops.parquet")
