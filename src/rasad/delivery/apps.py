"""Django app configuration."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """How a token reaches its family, by whichever hand."""

    name = "rasad.delivery"
