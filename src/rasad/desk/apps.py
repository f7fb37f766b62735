"""Django app configuration."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The relief desk: what officers decide that a run could not."""

    name = "rasad.desk"
