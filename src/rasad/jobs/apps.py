"""Django app configuration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Work that takes longer than a page may: seen, stopped, tried again."""

    name = "rasad.jobs"
