"""Django app configuration."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """How a token reaches its family, by whichever hand."""

    name = "rasad.delivery"

    def ready(self) -> None:
        """Say how messages about tokens are put into words; have the worker send them and take in what portals tell."""
        from rasad.delivery import background, collecting, outgoing  # noqa: F401  its kinds of jobs
        from rasad.delivery.hands import paper_taken
        from rasad.delivery.queries.way import on_paper
        from rasad.desk.actions.shops import ON_PAPER
        from rasad.jobs.worker import ROUNDS
        from rasad.outbox import sending
        from rasad.relief.actions import PAPER_TAKEN

        outgoing.open_channels()
        PAPER_TAKEN.append(paper_taken)
        ON_PAPER.append(on_paper)
        ROUNDS.update(sending.lines() | collecting.lines())
