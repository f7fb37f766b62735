"""Django app configuration."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """The counter app."""

    name = "rasad.counter"

    def ready(self) -> None:
        """Have what AePDS sold on our tokens taken in."""
        from rasad.counter.elsewhere.at_aepds import sale_told
        from rasad.delivery import collecting
        from rasad.jobs.worker import ROUNDS

        collecting.TAKERS["aepds", "sales"] = sale_told
        ROUNDS.update(collecting.lines())
