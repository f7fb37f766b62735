"""Django app configuration."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public pages."""

    name = "rasad.portal"
