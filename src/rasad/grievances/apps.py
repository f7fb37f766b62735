"""Django app configuration."""

from django.apps import AppConfig


class GrievancesConfig(AppConfig):
    """The grievances app."""

    name = "rasad.grievances"
