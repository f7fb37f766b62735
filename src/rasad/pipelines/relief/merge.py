"""Stage 5: one family, one token, however many sources it came through.

reads:  families, people, shared, screened, on_card, probably_on_card, resembling
writes: merged, one row a family that goes on: the first row of its family, and by what it was recognised
grain:  row
audit:  every family that goes on is there once; a first row is its own first row
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from rasad.pipelines.relief.check import unreliable
from rasad.pipelines.relief.collect import plain_sex

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from numpy.typing import NDArray

    from rasad.policy.scheme import Scheme

# Birth years of one person differ by less than this from office to office.
YEARS_APART = 10

LINK_REASONS = ("same_person", "same_family_id", "same_card", "probably_same_family")


def going_on(screened: ir.Table, *stopped: ir.Table) -> ir.Table:
    """The rows no stage so far has stopped."""
    rows = screened.filter(screened.outcome.isnull()).select("row")
    for table in stopped:
        rows = rows.anti_join(table, "row")
    return rows


def exact_edges(
    families: ir.Table, people: ir.Table, shared: ir.Table, going: ir.Table, scheme: Scheme
) -> ir.Table:
    """Pairs of rows that are one family by a shared identity, family ID or card number: low, high, proof.

    One shared person is not enough: a married daughter may stand on two families' lists. Two rows are one
    family when they share at least half of the identified members of the smaller, and those shared are of one
    sex and age on both.
    """
    held = people.filter(people.identity_key.notnull())
    several = shared.filter(shared.rows <= scheme.matching.shared_identity_limit).select("identity_key")
    person = held.semi_join(several, "identity_key").semi_join(going, "row").drop("line")
    person = person.distinct(on=["row", "identity_key"], keep=None)
    pairs = person.rename(low="row", low_sex="sex", low_born="birth_year").inner_join(
        person.rename(high="row", high_sex="sex", high_born="birth_year"), "identity_key"
    )
    two = are_two_people(pairs.low_sex, pairs.high_sex, pairs.low_born, pairs.high_born)
    # One number, two different people: somebody typed in a number that is not the member's.
    pairs = pairs.filter((pairs.low < pairs.high) & ~two)
    found = pairs.group_by(["low", "high"]).aggregate(shared=lambda pair: pair.count())
    touched = ibis.union(found.select(row="low"), found.select(row="high"), distinct=True)
    identified = (
        held.semi_join(touched, "row")
        .anti_join(unreliable(shared, scheme), "identity_key")
        .group_by("row")
        .aggregate(persons=lambda one: one.identity_key.nunique())
    )
    low = identified.rename(low="row", low_persons="persons")
    high = identified.rename(high="row", high_persons="persons")
    sized = found.inner_join(low, "low").inner_join(high, "high")
    enough = sized.filter(2 * sized.shared >= ibis.least(sized.low_persons, sized.high_persons))
    edges = [enough.select("low", "high", proof=ibis.literal(0, "int8"))]
    told = families.semi_join(going, "row")
    edges += [
        _same_value(told, column, proof, scheme.matching.shared_identity_limit)
        for proof, column in ((1, "family_id"), (2, "card_number"))
    ]
    return ibis.union(*edges)


def are_two_people(
    one_sex: ir.StringValue, other_sex: ir.StringValue, one_born: ir.Value, other_born: ir.Value
) -> ir.BooleanValue:
    """Whether two rows under one number contradict each other in sex or age; never null."""
    one, other = plain_sex(one_sex), plain_sex(other_sex)
    sexes = (one != other) & (one != "") & (other != "")
    ages = (one_born.cast("int64") - other_born.cast("int64")).abs() > YEARS_APART
    return sexes.fill_null(False) | ages.fill_null(False)


def _same_value(told: ir.Table, column: str, proof: int, limit: int) -> ir.Table:
    named = told.filter(told[column].notnull()).select("row", value=column)
    groups = named.group_by("value").aggregate(low=lambda one: one.row.min(), rows=lambda one: one.count())
    # A number that stands on very many families is a filler, not a number.
    groups = groups.filter((groups.rows > 1) & (groups.rows <= limit))
    joined = named.inner_join(groups, "value")
    return joined.filter(joined.row > joined.low).select("low", high="row", proof=ibis.literal(proof, "int8"))


def merged(rows: pa.Table, edges: pa.Table) -> pa.Table:
    """Each row with the first row of its family and the strongest proof that links it: row, first, proof.

    `rows` (row, received_on, member_count) are all that go on; `edges` are low, high, proof. The first row
    is the one received first, then the one of the smaller number. `fullest` is the row with most members.
    """
    ids = rows["row"].to_numpy()
    order = np.argsort(ids)
    ids = ids[order]
    low = np.searchsorted(ids, edges["low"].to_numpy())
    high = np.searchsorted(ids, edges["high"].to_numpy())
    graph = coo_array((np.ones(len(low), dtype=np.int8), (low, high)), shape=(len(ids), len(ids)))
    _, family = connected_components(graph, directed=False)
    received = rows["received_on"].cast(pa.int32()).fill_null(np.iinfo(np.int32).max).to_numpy()[order]
    size = rows["member_count"].to_numpy()[order]
    first = _first_of(family, np.lexsort((ids, received, family)))
    fullest = _first_of(family, np.lexsort((ids, received, -size, family)))
    proof = np.full(len(ids), np.iinfo(np.int8).max, dtype=np.int8)
    told = edges["proof"].to_numpy().astype(np.int8)
    np.minimum.at(proof, low, told)
    np.minimum.at(proof, high, told)
    is_first = ids[first] == ids
    return pa.table(
        {
            "row": ids,
            "first": ids[first],
            "fullest": ids[fullest],
            "proof": pa.array(proof, mask=is_first),
        }
    )


def _first_of(family: NDArray[np.int32], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each position, the position that comes first in its family under an order sorted by family."""
    starts = np.flatnonzero(np.diff(family[order], prepend=-1))
    best = np.empty(len(starts), dtype=np.int64)
    best[family[order][starts]] = order[starts]
    chosen: NDArray[np.int64] = best[family]
    return chosen
