"""What a browser sees at a twin's address: what can be pulled from it, and the latest it was told."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import msgspec

SHOWN = 50
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} (twin)</title>
<style>body{{font:1rem/1.5 sans-serif;margin:1rem;max-width:70rem}}table{{border-collapse:collapse}}
th,td{{border:1px solid #767676;padding:.3rem .6rem;text-align:left;overflow-wrap:anywhere}}</style></head>
<body><h1>{title} (twin)</h1><p>Made up, for training. To be pulled: {counts}. Received: {received}.</p>
<table><caption>The latest it was told</caption>
<thead><tr><th scope="col">About</th><th scope="col">Said</th></tr></thead>
<tbody>{lines}</tbody></table></body></html>
"""


def page(title: str, rows: Mapping[str, Sequence[object]], known: Mapping[str, object], received: int) -> str:
    """The last things said, the newest first."""
    counts = ", ".join(f"{kind.replace('_', ' ')} {len(held)}" for kind, held in rows.items())
    latest = list(known.items())[: -SHOWN - 1 : -1]
    lines = "".join(f"<tr><td>{escape(about)}</td><td>{_said(body)}</td></tr>" for about, body in latest)
    return _PAGE.format(
        title=escape(title), counts=escape(counts) or "nothing", received=received, lines=lines
    )


def _said(body: Any) -> str:
    told = msgspec.to_builtins(body)
    return "<br>".join(f"{escape(name)}: {escape(str(value))}" for name, value in told.items())
