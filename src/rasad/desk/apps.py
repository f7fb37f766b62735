"""Django app configuration."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The relief desk: what officers decide that a run could not."""

    name = "rasad.desk"

    def ready(self) -> None:
        """Make known what the desk does in the background."""
        from rasad.desk import background  # noqa: F401  its kinds of jobs
