"""Lists of a made-up state as the rows of a portal: columns in memory, rows made for the page that is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args, get_type_hints, overload

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from msgspec import Struct

from rasad.values.aadhaar import is_aadhaar

# An Aadhaar number of a made-up state to its reference, 64 hexadecimal digits.
Reference = Callable[[str], str]
NUMBER, REFERENCE = "aadhaar", "aadhaar_ref"


@dataclass(frozen=True)
class Files:
    """Two files of a made-up state: rows, and their people by the column that both have."""

    rows: Path
    people: Path
    key: str


class Listed(Sequence[Struct]):
    """Rows of such files in a portal's form. A value that does not fit the form is left out; its row stays."""

    def __init__(self, files: Files, form: type[Struct], reference: Reference) -> None:
        self._files, self._form, self._reference = files, form, reference
        self._person: type[Struct] = get_args(get_type_hints(form)["members"])[0]
        self._count: int = pq.read_metadata(files.rows).num_rows

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Struct: ...
    @overload
    def __getitem__(self, place: slice) -> list[Struct]: ...
    def __getitem__(self, place: int | slice) -> Struct | list[Struct]:
        """Rows as the wire has them."""
        wanted = np.arange(self._count)[place]
        found = self._made(np.atleast_1d(wanted))
        return found if isinstance(place, slice) else found[0]

    def _made(self, places: Any) -> list[Struct]:
        rows, people, begins, ends = self._loaded
        told = rows.take(places).to_pylist()
        ranges = list(zip(begins[places], ends[places], strict=True))
        wanted = np.concatenate([np.arange(0), *(np.arange(*one) for one in ranges)])
        each = iter(people.take(wanted).to_pylist())
        return [
            self._row(row, [next(each) for _ in range(int(end - start))])
            for row, (start, end) in zip(told, ranges, strict=True)
        ]

    @cached_property
    def _loaded(self) -> tuple[Any, Any, Any, Any]:
        """Rows, people sorted by their row, and where those of each row begin and end."""
        key = self._files.key
        rows = _columns(self._files.rows, self._form)
        people = _columns(self._files.people, self._person, key, NUMBER)
        names = pc.unique(rows[key])
        theirs = pc.index_in(people[key], value_set=names).fill_null(-1).to_numpy()
        order = np.argsort(theirs, kind="stable")
        starts = np.searchsorted(theirs[order], np.arange(len(names) + 1))
        codes = pc.index_in(rows[key], value_set=names).to_numpy()
        # A row that is there twice has its people once, as in the files.
        is_first = np.zeros(len(codes), dtype=bool)
        is_first[np.unique(codes, return_index=True)[1]] = True
        begins = starts[codes]
        return rows, people.take(order), begins, np.where(is_first, starts[codes + 1], begins)

    def _row(self, told: Mapping[str, Any], people: Sequence[Mapping[str, Any]]) -> Struct:
        return _fitted({**_said(told), "members": tuple(self._one(person) for person in people)}, self._form)

    def _one(self, told: Mapping[str, Any]) -> Struct:
        number = str(told.get(NUMBER) or "")
        said = _said(told)
        if is_aadhaar(number):
            said[REFERENCE] = self._reference(number)
        return _fitted(said, self._person)


def _columns(path: Path, form: type[Struct], *more: str) -> pa.Table:
    there = pq.read_schema(path).names
    wanted = {*(field.name for field in msgspec.structs.fields(form)), *more}
    return pq.read_table(path, columns=[name for name in there if name in wanted])


def _said(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def _fitted(told: Mapping[str, Any], form: type[Struct]) -> Struct:
    try:
        return msgspec.convert(told, form)
    except msgspec.ValidationError:
        kinds = get_type_hints(form, include_extras=True)
        fitting = {name: value for name, value in told.items() if name in kinds and _fits(value, kinds[name])}
        return msgspec.convert(fitting, form)


def _fits(value: object, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True
