"""Django app configuration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web app."""

    name = "rasad.web"
