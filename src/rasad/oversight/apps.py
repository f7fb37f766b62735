"""Django app configuration."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Reviews of the register, removal by due process, Antyodaya lists."""

    name = "rasad.oversight"

    def ready(self) -> None:
        """Make known what is done in the background, and what a family is still owed at the counter."""
        from rasad.counter.arrears import SOURCES
        from rasad.oversight import background, telling  # noqa: F401  its kinds of jobs
        from rasad.oversight.queries.arrears import missed

        SOURCES.append(missed)
        telling.open_channel()
