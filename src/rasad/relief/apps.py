"""Django app configuration."""

from django.apps import AppConfig


class ReliefConfig(AppConfig):
    """The relief app."""

    name = "rasad.relief"

    def ready(self) -> None:
        """Have tokens expire by themselves once the last day of their scheme is over."""
        from rasad.jobs.worker import ROUNDS
        from rasad.relief.expiring import expire_once_a_day

        ROUNDS["expire tokens"] = expire_once_a_day
