"""Lists as CSV files for a spreadsheet, streamed row by row."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext

from rasad.relief import numbers, reasons, schemes
from rasad.relief.life import LAST_STATE
from rasad.relief.models import SourceRow, Token
from rasad.relief.privacy import Sight
from rasad.relief.queries.names import Names, names
from rasad.relief.queries.rows import card_of, reason_of
from rasad.relief.queries.runs import touching
from rasad.web.csv_lines import Cells, lines

CHUNK = 2000

T = TypeVar("T")


def token_lines(tokens: QuerySet[Token], sight: Sight) -> Iterator[str]:
    """The tokens as this reader may see them, in order of their numbers."""
    header = [
        gettext("Token"),
        gettext("Head of the family"),
        gettext("Members"),
        gettext("Mobile"),
        gettext("District"),
        gettext("Village or ward"),
        gettext("Address"),
        gettext("Shop"),
        gettext("Name of the shop"),
        gettext("Distance in metres"),
        gettext("Reason"),
        gettext("Status"),
        gettext("Source"),
        gettext("Issued"),
    ]
    return lines(header, _tokens(tokens, sight))


_TOKEN_COLUMNS = (
    "number",
    "holder_name",
    "member_count",
    "mobile",
    "district_code",
    "place_code",
    "place_name",
    "address",
    "shop_number",
    "shop_distance_m",
    "shop_reason",
    "stood",
    "scheme",
    "source",
    "issued_on",
)


def _tokens(tokens: QuerySet[Token], sight: Sight) -> Iterator[Cells]:
    found = _names_in(tokens)
    # Words are looked up once: a file may have lakhs of lines.
    states = {code: str(label) for code, label in Token.State.choices}
    shop_reasons = _Kept(reasons.shop_reason)
    titles = _Kept(schemes.source_titles)
    told = tokens.annotate(stood=LAST_STATE).order_by("number")
    for token in told.values_list(*_TOKEN_COLUMNS, named=True).iterator(CHUNK):
        yield [
            numbers.printed(token.number),
            sight.name(token.holder_name),
            token.member_count,
            sight.mobile(token.mobile),
            found.district(token.district_code),
            found.place(token.place_code) if found.knows_place(token.place_code) else token.place_name,
            sight.address(token.address),
            token.shop_number,
            found.shop(token.shop_number) if token.shop_number else "",
            token.shop_distance_m,
            shop_reasons[token.shop_reason],
            states[token.stood],
            titles[token.scheme].get(token.source, token.source),
            token.issued_on,
        ]


class _Kept(dict[str, T]):
    """What a function says of a code, asked once for each code."""

    def __init__(self, say: Callable[[str], T]) -> None:
        super().__init__()
        self._say = say

    def __missing__(self, code: str) -> T:
        self[code] = self._say(code)
        return self[code]


def _names_in(tokens: QuerySet[Token]) -> Names:
    def codes(column: str) -> QuerySet[Token, str]:
        return tokens.order_by().values_list(column, flat=True).distinct()

    return names(districts=codes("district_code"), shops=codes("shop_number"), places=codes("place_code"))


def row_lines(rows: QuerySet[SourceRow], sight: Sight) -> Iterator[str]:
    """The rows with their reason in words, the rule, what to do next and whom to ask."""
    header = [
        gettext("Source"),
        gettext("Reference"),
        gettext("Head of the family"),
        gettext("District"),
        gettext("Received"),
        gettext("What became of it"),
        gettext("Reason"),
        gettext("Why"),
        gettext("What can be done"),
        gettext("To whom"),
        gettext("By when"),
        gettext("Rule"),
        gettext("Words of the rule"),
        gettext("Ration card"),
        gettext("Category"),
    ]
    return lines(header, _rows(rows, sight))


_ROW_COLUMNS = (
    "run_id",
    "scheme",
    "source",
    "reference",
    "holder_name",
    "district_code",
    "received_on",
    "outcome",
    "reason",
    "facts",
)


def _rows(rows: QuerySet[SourceRow], sight: Sight) -> Iterator[Cells]:
    found = names(districts=rows.order_by().values_list("district_code", flat=True).distinct())
    outcomes = {code: str(label) for code, label in SourceRow.Outcome.choices}
    titles = _Kept(schemes.source_titles)
    recorded = schemes.Recorded(touching(rows))
    told: dict[tuple[int | None, str, str], reasons.Told] = {}
    for row in rows.order_by("pk").values_list(*_ROW_COLUMNS, named=True).iterator(CHUNK):
        key = (row.run_id, row.source, reason_of(row.outcome, row.reason))
        if key not in told:
            told[key] = reasons.told(key[2], source=row.source, scheme=recorded.of(row.run_id, row.scheme))
        said = told[key]
        yield [
            titles[row.scheme].get(row.source, row.source),
            row.reference,
            sight.name(row.holder_name),
            found.district(row.district_code) if row.district_code else "",
            row.received_on,
            outcomes[row.outcome],
            said.name,
            said.why,
            said.next_step,
            said.to_whom,
            said.by_when,
            said.rule,
            said.quotation,
            card_of(row.facts),
            row.facts.get("category", ""),
        ]
