"""The page on which a person in training places a made-up finger on the reader."""

from collections.abc import Sequence
from html import escape

from rasad.connectors.aadhaar.registered_device.glass import Finger
from rasad.connectors.aadhaar.residents import POSITIONS, PUBLISHED

STYLE = """
*{box-sizing:border-box}body{font:18px/1.5 sans-serif;margin:1rem auto;max-width:34rem;padding:0 1rem}
label,fieldset,button{display:block;margin:.8rem 0}select,input{font:inherit;padding:.4rem;width:100%}
button{font:inherit;padding:.9rem;width:100%;border:2px solid #1d4d2b;border-radius:.4rem;background:#fff}
button[value=yes]{background:#1d4d2b;color:#fff}
"""


def page(fingers: Sequence[Finger], status: str) -> bytes:
    """The page, as it is now. It works without JavaScript."""
    people = "".join(f'<option value="{one.uid}">{escape(one.name)}</option>' for one in PUBLISHED)
    places = "".join(
        f'<option value="{posh}"{" selected" if posh == "LEFT_INDEX" else ""}>{_words(posh)}</option>'
        for posh in POSITIONS
    )
    lying = "".join(
        f"<li>{_words(one.posh)} of {one.uid}, {'will match' if one.is_good else 'will not match'}</li>"
        for one in fingers
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Made-up reader</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f"<h1>Made-up fingerprint reader</h1><p>It is <strong>{escape(status)}</strong>.</p>"
        '<form method="post" action="/place">'
        f'<label>Whose finger <select name="uid">{people}</select></label>'
        '<label>Another made-up person <input name="other_uid" inputmode="numeric" placeholder="9999…"></label>'
        f'<label>Which finger <select name="finger">{places}</select></label>'
        '<button name="is_good" value="yes">Place a finger that matches</button>'
        '<button name="is_good" value="no">Place a finger that does not match</button></form>'
        f"<h2>On the glass</h2><ul>{lying or '<li>nothing</li>'}</ul>"
        '<form method="post" action="/lift"><button>Take all fingers off</button></form>'
    ).encode()


def _words(posh: str) -> str:
    return posh.replace("_", " ").lower()
