"""Django app configuration."""

from django.apps import AppConfig


class ReliefConfig(AppConfig):
    """The relief app."""

    name = "rasad.relief"
