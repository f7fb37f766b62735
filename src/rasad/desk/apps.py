"""Django app configuration."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The relief desk: what officers decide that a run could not."""

    name = "rasad.desk"

    def ready(self) -> None:
        """Make known what the desk does in the background, and in which steps."""
        from rasad.desk import background  # noqa: F401  its kinds of jobs
        from rasad.jobs.queries import STEPS
        from rasad.outbox.words import SYSTEMS
        from rasad.relief.reasons import STAGES

        STEPS.update({**STAGES, **SYSTEMS})
