"""Django app configuration."""

from django.apps import AppConfig


class GrievancesConfig(AppConfig):
    """Complaints, and the reply that is owed."""

    name = "rasad.grievances"

    def ready(self) -> None:
        """Have the worker send late ones up; say who acted on an application that is complained of."""
        from rasad import wiring
        from rasad.grievances import actions, queries
        from rasad.jobs.worker import ROUNDS

        actions.INVOLVED.append(queries.who_acted)
        ROUNDS["complaints"] = lambda: (actions.go_up(at=wiring.now()), actions.close_silent(at=wiring.now()))
