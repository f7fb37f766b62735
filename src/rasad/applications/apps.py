"""Django app configuration."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """The applications app."""

    name = "rasad.applications"
