"""Stage 6: a token for the first row of each family, with a number anyone can check.

reads:  families, people, shared, merged
writes: tokens, one row a token; contested, people who stand on the lists of several
grain:  tokens (number); contested (row, line)
audit:  every first row of merged has one token; no number is given twice
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rasad.pipelines.relief.collect import plain_sex
from rasad.pipelines.relief.merge import are_two_people
from rasad.values import check_digit

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir
    from numpy.typing import NDArray

    from rasad.policy.scheme import Scheme

# District (3) + 10 digits of a hash + check digit. Not 12 digits as an Aadhaar number, nor 16 as a virtual ID.
DISTRICT_DIGITS, BODY_DIGITS = 3, 10


def tokens(families: ir.Table, merged: ir.Table, scheme: Scheme, on: date | None) -> ir.Table:
    """One row a family: who may draw, in which months; the number is joined on afterwards.

    `on` is the day of issue of a run made by hand; else a token is issued the day the family's record came
    in, for the system issues it without anybody's act (R-DRT-08). Months that are over lapse (A-HR-38).
    """
    first = merged.filter(merged.row == merged.first).select("row", "fullest")
    told = families.inner_join(first, "row")
    opening = ibis.literal(scheme.first_day)
    came = ibis.literal(on) if on else told.received_on.fill_null(opening)
    issued = ibis.greatest(came, opening).cast("date")
    months = [str(month) for month in scheme.months]
    left = ibis.literal(",".join(months) if scheme.carry_back else months[-1])
    for month in () if scheme.carry_back else reversed(months[:-1]):
        rest = ",".join(months[months.index(month) :])
        left = ibis.ifelse(issued.strftime("%Y-%m") <= month, rest, left)
    return told.select(
        "row",
        "fullest",
        "source",
        "reference",
        "district",
        "place",
        issued_on=issued,
        months=left,
        digest=told.source.concat(":", told.reference, ":1:", scheme.code).hexdigest("md5"),
    )


def numbered(keys: pa.Table) -> pa.Table:
    """Rows with their token numbers as integers, made from `row`, `district` and `digest`: always the same.

    Two rows whose hashes meet (1 in 10^10 within a district) are told apart by hashing on, in row order.
    """
    order = np.argsort(keys["row"].to_numpy(), kind="stable")
    district = keys["district"].cast(pa.int64()).to_numpy()[order]
    state = hashes(keys["digest"])[order]
    body = district * 10**BODY_DIGITS + (state % 10**BODY_DIGITS).astype(np.int64)
    while (again := _repeats(body)).any():
        state[again] = state[again] * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
        body[again] = (
            district[again] * 10**BODY_DIGITS
            + (state[again] >> np.uint64(20)).astype(np.int64) % 10**BODY_DIGITS
        )
    whole = body * 10 + check_digit.check_digits(body, length=DISTRICT_DIGITS + BODY_DIGITS)
    return pa.table({"row": keys["row"].to_numpy()[order], "number": whole})


def written(numbers: ir.Table) -> ir.Table:
    """Token numbers as people write them: all 14 digits, leading zeros too."""
    digits = DISTRICT_DIGITS + BODY_DIGITS + 1
    return numbers.mutate(number=numbers.number.cast("string").lpad(digits, "0"))


def hashes(digests: pa.ChunkedArray) -> NDArray[np.uint64]:
    """The first 64 bits of each digest of 32 hexadecimal digits."""
    text = pa.chunked_array(digests).combine_chunks() if digests.num_chunks != 1 else digests.chunk(0)
    written = "".join(pc.utf8_slice_codeunits(text, 0, 16).to_pylist())
    return np.frombuffer(bytes.fromhex(written), dtype=">u8").astype(np.uint64)


def _repeats(body: NDArray[np.int64]) -> NDArray[np.bool_]:
    _, first = np.unique(body, return_index=True)
    repeated = np.ones(len(body), dtype=bool)
    repeated[first] = False
    return repeated


def contested(people: ir.Table, shared: ir.Table, tokens: ir.Table, scheme: Scheme) -> ir.Table:
    """People on the lists of several tokens, past the first: row, line, and whether the number is another's.

    A person who stands on two families' lists (a married daughter) is served on the token issued first. One
    number on two people proves nothing: both stay, the later one without it. Two they are when sex or age
    differ, when they stand on one list, or when an operator typed his own number for everybody.
    """
    listed = tokens.select("number", "issued_on", row="fullest")
    held = people.inner_join(shared, "identity_key").inner_join(listed, "row")
    turns = ibis.window(group_by="identity_key", order_by=[held.issued_on, held.number, held.line])
    on_the_list = held.row.count().over(ibis.window(group_by=["identity_key", "row"]))
    proves_nothing = (on_the_list > 1) | (held.rows > scheme.matching.shared_identity_limit)
    judged = held.select(
        "row",
        "line",
        other=are_two_people(
            held.sex.first().over(turns),
            held.sex,
            held.birth_year.first().over(turns),
            held.birth_year,
        )
        | proves_nothing,
        place=ibis.row_number().over(turns),
    )
    return judged.filter(judged.place > 0).drop("place")


def token_members(members: ir.Table, contested: ir.Table, tokens: ir.Table) -> ir.Table:
    """Who is on each token: the members of the family's fullest record; no token is left without anybody."""
    told = members.inner_join(tokens.select("number", "issued_on", row="fullest"), "row")
    later = contested.select(later_row="row", later_line="line", other="other")
    seen = told.left_join(later, [("row", "later_row"), ("line", "later_line")])
    served = seen.filter(seen.later_row.isnull() | seen.other).select("number").distinct()
    seen = seen.left_join(served.select(served_number="number"), [("number", "served_number")])
    kept = seen.filter(seen.later_row.isnull() | seen.other | seen.served_number.isnull())
    return kept.select(
        "number",
        "row",
        "line",
        "relation",
        name=kept.name.fill_null(""),
        sex=plain_sex(kept.sex),
        identity_key=ibis.ifelse(kept.later_row.isnull(), kept.identity_key, ibis.null("int64")),
        age=(kept.issued_on.year() - kept.birth_year).cast("int16"),
    )
