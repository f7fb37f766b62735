"""Django app configuration."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    """The families app."""

    name = "rasad.families"

    def ready(self) -> None:
        """Offer at the desk what this app itself does with a family."""
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from rasad.families import of_others
        from rasad.families.panels import ACTS, OWN_ACTS, Act

        ACTS.append(
            Act(
                _("Change a mobile number"),
                lambda card: reverse("families:mobile", kwargs={"number": card.number}),
                "register_applications",
            )
        )
        OWN_ACTS.append(Act(_("Change a mobile number"), lambda card: reverse("families:my_mobile"), ""))
        of_others.register()
