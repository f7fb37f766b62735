"""Staff, their role, and the areas that bind everything they see."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of staff does; what each role may do is in roles.py."""

    HEADQUARTERS = "headquarters", _("State headquarters")
    DFSC = "dfsc", _("District Food and Supplies Controller")
    INSPECTOR = "inspector", _("Inspector, Food and Supplies")
    DISTRICT_ADMINISTRATION = "district_administration", _("District Administration")
    UNIT_COMMITTEE = "unit_committee", _("Unit Committee")
    LOCAL_COMMITTEE = "local_committee", _("Local Committee")
    DEALER = "dealer", _("Fair price shop dealer")
    AUDITOR = "auditor", _("Auditor")


class User(AbstractUser):
    """A member of staff with one role. Without an area nothing can be seen."""

    role = models.CharField(_("role"), max_length=30, choices=Role)
    designation = models.CharField(_("designation"), max_length=120, blank=True)
    mobile = models.CharField(_("mobile"), max_length=15, blank=True)
    # Somebody else chose the password: it opens the page that changes it, and nothing more.
    password_is_initial = models.BooleanField(default=False)
    # Made to show the system on invented data; only these give their log-in codes to the command line.
    is_demo = models.BooleanField(default=False)

    @cached_property
    def codes_by_kind(self) -> dict[str, list[str]]:
        """The codes of this person's areas by kind of area; read once for each time the user is loaded."""
        found: dict[str, list[str]] = {}
        for kind, code in self.areas.order_by("kind", "code").values_list("kind", "code"):
            found.setdefault(kind, []).append(code)
        return found


class Area(models.Model):
    """One area a member of staff is bound to: the LGD code of a state, district or place, a shop's number."""

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        DISTRICT = "district", _("District")
        PLACE = "place", _("Village or ward")
        SHOP = "shop", _("Fair price shop")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="areas")
    kind = models.CharField(max_length=20, choices=Kind)
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "code"], name="accounts_area_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
