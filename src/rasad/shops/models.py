"""Fair price shops: where they stand, whom they can serve, since when."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from rasad.registry.models import Place


class Shop(models.Model):
    """A fair price shop by its number (12 digits in Haryana); a shop without coordinates serves only its own place."""

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    name_hi = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="shops")
    district_code = models.CharField(max_length=12, db_index=True)
    address = models.CharField(max_length=250, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # Families it can serve in a month beside its own cards.
    capacity_families = models.IntegerField()
    dealer_name = models.CharField(max_length=120, blank=True)
    dealer_mobile = models.CharField(max_length=10, blank=True)
    open_during = DateRangeField()

    AREA_LOOKUPS = {"district": "district_code", "place": "place__code", "shop": "number"}

    class Meta:
        constraints = [
            models.CheckConstraint(name="shops_capacity_not_negative", condition=Q(capacity_families__gte=0))
        ]

    def __str__(self) -> str:
        return self.name
