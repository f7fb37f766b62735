"""Django app configuration."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The oversight app."""

    name = "rasad.oversight"
