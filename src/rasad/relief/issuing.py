"""A token issued by two officers for a row that a run had refused: numbered, dated and limited as a run's are."""

import hashlib
from datetime import date

import pyarrow as pa

from rasad.pipelines.relief import issue
from rasad.relief import numbers, schemes
from rasad.relief.models import SourceRow, Token, TokenMember
from rasad.values.month import Month
from rasad.values.refused import Refused


def issue_for(row: SourceRow, *, on: date) -> Token:
    """The token of a row without one, in the queue for a shop. Call it in the transaction that decides.

    Months that are over lapse, as with a run's token (A-HR-38). People who are on another token of the scheme
    stay there. Refused: scheme_unknown, relief_is_over, row_has_nobody, everybody_has_a_token.
    """
    scheme = schemes.of_row(row)
    if scheme is None or row.run is None:
        raise Refused("scheme_unknown", scheme=row.scheme)
    issued = max(on, scheme.first_day)
    if issued > scheme.last_day:
        raise Refused("relief_is_over", last_day=scheme.last_day)
    people = _people(row)
    months = [month for month in scheme.months if scheme.carry_back or month >= Month.of(issued)]
    token = Token.objects.create(
        number=_number(row),
        scheme=row.scheme,
        run=row.run,
        family_key=f"{row.source}:{row.reference}",
        family_id=row.family_id,
        source=row.source,
        state=Token.State.AWAITING_SHOP,
        holder_name=people[0].name,
        member_count=len(people),
        mobile=row.mobile,
        address=row.address,
        district_code=row.district_code,
        place_code=row.place_code,
        place_name=row.place_name,
        months=[str(month) for month in months],
        inherits=scheme.inherits,
        issued_on=issued,
        shop_reason="place_unknown" if not row.place_code else "by_appeal",
    )
    for one in people:
        one.token = token
        one.age = issued.year - one.age if one.age else None
    TokenMember.objects.bulk_create(people)
    return token


def _people(row: SourceRow) -> list[TokenMember]:
    """Who goes onto the token; `age` holds the year of birth until the day of issue is known."""
    told = list(row.people.all())
    if not told:
        raise Refused("row_has_nobody", reference=row.reference)
    references = [bytes(one.aadhaar_ref) for one in told if one.aadhaar_ref]
    served = {
        bytes(reference or b"")
        for reference in TokenMember.objects.filter(
            scheme=row.scheme, aadhaar_ref__in=references
        ).values_list("aadhaar_ref", flat=True)
    }
    left = [one for one in told if bytes(one.aadhaar_ref or b"") not in served or not one.aadhaar_ref]
    if not left:
        raise Refused("everybody_has_a_token", reference=row.reference)
    seen: set[bytes] = set()
    people = []
    for line, one in enumerate(left, start=1):
        reference = bytes(one.aadhaar_ref) if one.aadhaar_ref else None
        is_new = reference is not None and reference not in seen
        seen |= {reference} if reference else set()
        people.append(
            TokenMember(
                scheme=row.scheme,
                line=line,
                name=one.name,
                relation=one.relation,
                sex=one.sex,
                age=one.birth_year,
                aadhaar_ref=reference if is_new else None,
            )
        )
    return people


def _number(row: SourceRow) -> str:
    """The number a run would have given, else the next free one."""
    digest = hashlib.md5(
        f"{row.source}:{row.reference}:1:{row.scheme}".encode(), usedforsecurity=False
    ).hexdigest()
    made = issue.numbered(pa.table({"row": [0], "district": [row.district_code], "digest": [digest]}))
    number = f"{made['number'][0].as_py():0{numbers.LENGTH}d}"
    while Token.objects.filter(number=number).exists():
        number = numbers.after(number)
    return number
