"""Django app configuration."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """The counter app."""

    name = "rasad.counter"
