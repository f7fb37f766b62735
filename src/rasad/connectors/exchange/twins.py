"""All eight portals as twins on this machine, with the rows of a made-up state where there is one."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rasad.connectors.exchange import made_up
from rasad.connectors.exchange.listed import Files, Listed, Reference
from rasad.connectors.exchange.portals import PORTALS
from rasad.connectors.exchange.sandbox import PortalTwin

# Which twin serves which list of a made-up state: portal and kind, the files below its folder, what joins them.
LISTS: Mapping[tuple[str, str], tuple[str, str, str]] = {
    ("pds", "cards"): ("register/cards.parquet", "register/members.parquet", "card_number"),
    ("mmpsy", "families"): ("sources/mmpsy.families.parquet", "sources/mmpsy.members.parquet", "reference"),
    ("saral", "applications"): (
        "sources/saral.families.parquet",
        "sources/saral.members.parquet",
        "reference",
    ),
    ("unit_committee", "surveys"): (
        "sources/local_committee.families.parquet",
        "sources/local_committee.members.parquet",
        "reference",
    ),
}


@dataclass(frozen=True)
class Portals:
    """The twins, running: by name, and the settings by which the product finds them."""

    by_name: Mapping[str, PortalTwin]

    @property
    def addresses(self) -> dict[str, str]:
        """Where a browser finds each."""
        return {name: twin.url for name, twin in self.by_name.items()}

    @property
    def settings(self) -> dict[str, str]:
        """For the product."""
        return {name: value for twin in self.by_name.values() for name, value in twin.settings.items()}


@contextmanager
def running(
    *,
    any_port: bool = True,
    state: Path | None = None,
    reference: Reference | None = None,
    handful: bool = False,
) -> Iterator[Portals]:
    """Start all eight; they stop at the end of the block.

    `state` is a folder of a made-up state, whose numbers `reference` turns into references; without one they
    hold nothing, or a `handful` of made-up rows.
    """
    with ExitStack() as stack:
        twins = {
            name: stack.enter_context(one.twin(port=0 if any_port else one.port))
            for name, one in PORTALS.items()
        }
        if state is not None and reference is not None:
            _serve_state(twins, state, reference)
        elif handful:
            _serve_handful(twins)
        yield Portals(twins)


def _serve_state(twins: Mapping[str, PortalTwin], state: Path, reference: Reference) -> None:
    for (name, kind), (rows, people, key) in LISTS.items():
        files = Files(state / rows, state / people, key)
        if files.rows.is_file() and files.people.is_file():
            twins[name].rows[kind] = Listed(files, twins[name].client.pulls[kind], reference)


def _serve_handful(twins: Mapping[str, PortalTwin]) -> None:
    for (name, kind), rows in made_up.rows().items():
        twins[name].rows[kind] = rows
