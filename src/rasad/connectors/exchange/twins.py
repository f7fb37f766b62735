"""All eight portals as twins on this machine, with the rows of a made-up state where there is one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

import msgspec
import pyarrow.parquet as pq
from msgspec import Struct

from rasad.connectors.exchange.portals import PORTALS
from rasad.connectors.exchange.sandbox import PortalTwin

# Which twin serves which list of a made-up state: kind, file, the columns of families beside those all have.
LISTS = {
    "mmpsy": ("families", "mmpsy"),
    "saral": ("applications", "saral"),
    "unit_committee": ("surveys", "local_committee"),
}
# An Aadhaar number of a made-up state to its reference, 64 hexadecimal digits.
Reference = Callable[[str], str]


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
    *, any_port: bool = True, state: Path | None = None, reference: Reference | None = None
) -> Iterator[Portals]:
    """Start all eight; they stop at the end of the block. `state` is a folder of a made-up state."""
    with ExitStack() as stack:
        twins = {
            name: stack.enter_context(one.twin(port=0 if any_port else one.port))
            for name, one in PORTALS.items()
        }
        if state is not None and reference is not None:
            for name, (kind, file) in LISTS.items():
                form = twins[name].client.pulls[kind]
                twins[name].rows[kind] = Listed(state / "sources", file, form, reference)
        yield Portals(twins)


class Listed(Sequence[Struct]):
    """A list of a made-up state as the rows of a portal: read when it is asked for, kept sorted by reference."""

    def __init__(self, folder: Path, file: str, form: type[Struct], reference: Reference) -> None:
        self._folder, self._file, self._form, self._reference = folder, file, form, reference
        self._families: list[dict[str, Any]] | None = None
        self._people: dict[str, list[dict[str, Any]]] = {}

    def __len__(self) -> int:
        return len(self._loaded())

    @overload
    def __getitem__(self, place: int) -> Struct: ...
    @overload
    def __getitem__(self, place: slice) -> list[Struct]: ...
    def __getitem__(self, place: int | slice) -> Struct | list[Struct]:
        """Rows as the wire has them."""
        found = self._loaded()[place]
        return [self._row(one) for one in found] if isinstance(found, list) else self._row(found)

    def _loaded(self) -> list[dict[str, Any]]:
        if self._families is None:
            self._families = pq.read_table(self._folder / f"{self._file}.families.parquet").to_pylist()
            for one in pq.read_table(self._folder / f"{self._file}.members.parquet").to_pylist():
                self._people.setdefault(str(one["reference"]), []).append(one)
        return self._families

    def _row(self, family: Mapping[str, Any]) -> Struct:
        names = {field.name for field in msgspec.structs.fields(self._form)}
        told = {name: value for name, value in family.items() if name in names and value is not None}
        told["members"] = [self._person(one) for one in self._people.get(str(family["reference"]), [])]
        # Untidy rows are what portals have: what does not fit the form is left out, the row stays.
        return msgspec.convert(_fitting(told), self._form)

    def _person(self, one: Mapping[str, Any]) -> dict[str, Any]:
        wanted = ("line", "name", "guardian_name", "relation", "sex", "born_on", "age", "mobile")
        told = {name: one[name] for name in wanted if one.get(name) is not None}
        number = str(one.get("aadhaar") or "")
        told["aadhaar_ref"] = str(
            one.get("aadhaar_ref") or (self._reference(number) if number else "")
        ).lower()
        return _fitting(told)


def _fitting(told: dict[str, Any]) -> dict[str, Any]:
    """Without what no portal would send: a telephone that is none, a sex that is none, a reference that is none."""
    mobile = str(told.get("mobile", ""))
    if len(mobile) != 10 or mobile[0] not in "6789" or not mobile.isdigit():
        told.pop("mobile", None)
    if told.get("sex") not in ("F", "M", "T"):
        told.pop("sex", None)
    if len(told.get("aadhaar_ref", "")) != 64:
        told.pop("aadhaar_ref", None)
    return told
