"""Django app configuration."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """What leaves for other systems."""

    name = "rasad.outbox"
