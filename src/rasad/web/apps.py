"""Django app configuration."""

from django.apps import AppConfig
from django.conf import settings

from rasad.policy.packs import add_folders


class WebConfig(AppConfig):
    """The web app."""

    name = "rasad.web"

    def ready(self) -> None:
        """The packs the installation adds to ours."""
        add_folders(*settings.PACKS)
