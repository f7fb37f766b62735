"""Django app configuration."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    """The families app."""

    name = "rasad.families"
