"""Django app configuration."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """What leaves for other systems."""

    name = "rasad.outbox"

    def ready(self) -> None:
        """Have the navigation count what was refused and waits for its owner."""
        from rasad.outbox.queries import count_dead
        from rasad.web.navigation import COUNTS

        COUNTS["outbox:overview"] = count_dead
