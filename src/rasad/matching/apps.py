"""Django app configuration."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Who is who: pairs judged by people."""

    name = "rasad.matching"

    def ready(self) -> None:
        """Name its kind of job."""
        from rasad.matching import background  # noqa: F401
