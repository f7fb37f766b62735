"""Django app configuration."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """What leaves for other systems."""

    name = "rasad.outbox"

    def ready(self) -> None:
        """Have the worker send what waits."""
        from rasad.jobs.worker import ROUNDS
        from rasad.outbox.sending import drain

        ROUNDS.append(drain)
