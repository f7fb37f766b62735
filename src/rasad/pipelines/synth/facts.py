"""Facts of Haryana as it stood in 2020: its 22 districts and the sub-districts of the last census.

Names and codes: Local Government Directory. Population and households: Census of India 2011, Charkhi Dadri
(made of two tehsils of Bhiwani in 2016) taken out of Bhiwani. Coordinates are centres, good to a few km.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

STATE_SINCE = date(1966, 11, 1)


@dataclass(frozen=True, kw_only=True)
class Named:
    """A real place: LGD code, names, the point of its chief town."""

    code: str
    name: str
    name_hi: str
    latitude: float
    longitude: float


HARYANA = Named(code="6", name="Haryana", name_hi="हरियाणा", latitude=29.06, longitude=76.09)


@dataclass(frozen=True, kw_only=True)
class District(Named):
    """One district: what the made-up state needs to know about the real one."""

    census2011: str
    population: int
    households: int
    urban_percent: int
    since: date
    muslim_percent: int
    sikh_percent: int


@dataclass(frozen=True, kw_only=True)
class Subdistrict(Named):
    """One tehsil and the town it is named after."""

    district: str


def read(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of our own data files."""
    with (files(__package__) / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def districts() -> list[District]:
    """All districts of 2020, by LGD code."""
    return [
        District(
            code=row["code"],
            name=row["name"],
            name_hi=row["name_hi"],
            census2011=row["census2011"],
            population=int(row["population"]),
            households=int(row["households"]),
            urban_percent=int(row["urban_percent"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            since=date.fromisoformat(row["since"]),
            muslim_percent=int(row["muslim_percent"]),
            sikh_percent=int(row["sikh_percent"]),
        )
        for row in read("haryana_districts.csv")
    ]


def subdistricts() -> list[Subdistrict]:
    """All sub-districts, by LGD code."""
    return [
        Subdistrict(
            code=row["code"],
            name=row["name"],
            name_hi=row["name_hi"],
            district=row["district"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
        )
        for row in read("haryana_subdistricts.csv")
    ]
