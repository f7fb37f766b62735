"""The twin's page: its people, the codes on their mobiles, and who is treated specially. For training."""

from html import escape

from rasad.connectors.aadhaar.codes import CODES, TIMED_OUT
from rasad.connectors.aadhaar.residents import vid
from rasad.connectors.aadhaar.sandbox_known import Known
from rasad.connectors.aadhaar.sandbox_phones import Phones

STYLE = "body{font:16px/1.5 sans-serif;margin:2rem}td,th{padding:.4rem 1rem .4rem 0;text-align:left}"


def page(known: Known, phones: Phones) -> bytes:
    """The page, as it is now."""
    special = known.told()
    rows = "".join(
        f"<tr><td>{escape(one.name)}</td><td>{one.uid}</td><td>{vid(one.uid)}</td>"
        f"<td>{escape(one.mobile) or 'none'}</td><td><strong>{phones.code_on(one.uid)}</strong></td>"
        f"<td>{escape(special.get(one.uid, ''))}</td></tr>"
        for one in known.residents.values()
    )
    people = "".join(f"<option value={one.uid}>{escape(one.name)}" for one in known.residents.values())
    codes = "<option value=''>as usual" + "".join(
        f"<option value={row.code}>{row.code} {escape(row.meaning)}"
        for row in CODES.values()
        if row.code not in ("", TIMED_OUT)
    )
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Twin of UIDAI</title><style>{STYLE}</style>"
        "<h1>Twin of UIDAI</h1><p>Made-up people only. Reload to see a code that was sent.</p>"
        "<table><tr><th>Name<th>Number<th>Virtual number<th>Mobile<th>Code on it<th>Ordered</tr>"
        f"{rows}</table><h2>What should happen to whom</h2>"
        '<form method=post action="/twin/behave"><label>Person <select name=uid>'
        f"{people}</select></label> <label>Answer <select name=code>{codes}</select></label> "
        "<button>So be it</button></form>"
    ).encode()
