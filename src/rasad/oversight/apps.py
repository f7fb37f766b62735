"""Django app configuration."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Reviews of the register, removal by due process, Antyodaya lists."""

    name = "rasad.oversight"

    def ready(self) -> None:
        """Make known what is done in the background, and what a family is still owed at the counter."""
        from rasad.counter.arrears import SOURCES
        from rasad.jobs.worker import ROUNDS
        from rasad.oversight import background, telling
        from rasad.oversight.queries.arrears import missed

        SOURCES.append(missed)
        ROUNDS["criteria"] = background.Round()
        telling.open_channel()
