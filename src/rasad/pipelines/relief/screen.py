"""Stage 2: the scheme's own conditions, source by source; the first that is not met names the outcome.

reads:  families, people
writes: screened, one row a family: `outcome` and `reason` are null while the family goes on
grain:  row
audit:  rows in = rows out
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from rasad.policy.scheme import Condition, Scheme


def screened(families: ir.Table, people: ir.Table, scheme: Scheme) -> ir.Table:
    """What the scheme's conditions say of each family; nothing here looks at the register."""
    counted = people.group_by("row").aggregate(member_count=lambda member: member.count().cast("int64"))
    counted = counted.rename(counted_row="row")
    told = families.left_join(counted, families.row == counted.counted_row)
    # What makes a row unusable comes before what the scheme asks of it.
    unmet = [
        (told.unreadable, "refused:line_not_readable"),
        (told.reference.isnull(), "refused:no_reference"),
        (told.repeats, "refused:duplicate_reference"),
        (told.member_count.isnull(), "refused:no_members"),
    ]
    for source in scheme.sources:
        mine = told.source == source.code
        unmet += [
            (
                mine & ~met(told, condition).fill_null(False),
                f"{condition.otherwise.outcome}:{condition.otherwise.reason}",
            )
            for condition in source.conditions
        ]
    # Last of all: a family that meets everything but whose district nobody knows waits for a person.
    unmet.append((told.district.isnull(), "in_review:unknown_district"))
    verdict = ibis.cases(*unmet, else_=ibis.null("string"))
    return told.select(
        "row",
        outcome=verdict.re_extract("^([a-z_]+):", 1),
        reason=verdict.re_extract(":([a-z_]+)$", 1),
        member_count=told.member_count.fill_null(0),
    )


def met(table: ir.Table, condition: Condition) -> ir.BooleanValue:
    """Whether a condition of the scheme holds; null counts as not."""
    column = table[condition.column]
    match condition.test:
        case "is" | "is_one_of":
            wanted = [value.lower() if isinstance(value, str) else value for value in condition.wanted]
            return (column.lower() if column.type().is_string() else column).isin(wanted)
        case "is_present":
            return column.notnull()
        case "at_least":
            return column >= condition.value
        case "at_most":
            return column <= condition.value
