"""What a browser sees at the twin's address: the made-up cards, for whoever trains with them."""

from datetime import datetime
from html import escape

from rasad.connectors.impds.book import Book
from rasad.connectors.impds.states import name_of
from rasad.connectors.impds.wire import HomeCard
from rasad.values.month import INDIA, Month
from rasad.values.quantities import Grams, kilograms

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Cards of other States (twin)</title>
<style>body{{font:1rem/1.5 sans-serif;margin:1rem;max-width:70rem}}table{{border-collapse:collapse}}
th,td{{border:1px solid #767676;padding:.3rem .6rem;text-align:left;vertical-align:top}}</style></head>
<body><h1>Cards of other States</h1><p>Made up, for training. Quantities of {month}.</p>
<table><thead><tr><th scope="col">State</th><th scope="col">Card</th><th scope="col">Category</th>
<th scope="col">Members whose finger matches</th><th scope="col">Left</th><th scope="col">About</th></tr></thead>
<tbody>{rows}</tbody></table></body></html>
"""


def page(book: Book, *, at: datetime) -> str:
    """The cards with what is left on them this month."""
    month = Month.of(at.astimezone(INDIA).date())
    rows = []
    for card, told in book.all_cards(month, at=at):
        matching = ", ".join(f"{member.name} ({member.uid})" for member in card.members if member.uid)
        cells = (name_of(card.state).en, card.number, card.category, matching, _left(told), card.about)
        rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return _PAGE.format(month=month, rows="".join(rows))


def _left(card: HomeCard) -> str:
    return ", ".join(f"{line.commodity} {kilograms(Grams(line.left))} kg" for line in card.lines)
