"""Django app configuration."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal app."""

    name = "rasad.journal"

    def ready(self) -> None:
        """Listen to the layers below."""
        from rasad.journal import listeners  # noqa: F401  importing it connects it
