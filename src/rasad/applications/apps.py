"""Django app configuration."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """What citizens ask for, on the charter's clock."""

    name = "rasad.applications"

    def ready(self) -> None:
        """Say how applicants are told; have the worker look after the clock and the waiting list."""
        from rasad.applications import telling
        from rasad.applications.background import Round
        from rasad.applications.queries.lists import cards_of_number
        from rasad.jobs.worker import ROUNDS
        from rasad.registry.search import FINDERS

        telling.open_channel()
        FINDERS["applications"] = cards_of_number
        ROUNDS["applications"] = Round()
