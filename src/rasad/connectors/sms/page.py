"""A family's telephone on the screen, for training: what the gateway's twin sent to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from rasad.values.month import INDIA

if TYPE_CHECKING:
    from rasad.connectors.sms.sandbox import Message

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3"><title>{title}</title>
<style>body{{font:1rem/1.5 sans-serif;margin:0 auto;max-width:26rem;padding:1rem;background:#f2f2f2;color:#111}}
article{{background:#fff;border-radius:.8rem;padding:.6rem .9rem;margin:.6rem 0}}small{{color:#444}}
p{{margin:.2rem 0;overflow-wrap:anywhere}}</style></head>
<body><h1>{title}</h1>{body}</body></html>
"""


def phone(mobile: str, messages: Sequence[Message]) -> str:
    """The messages of a number, the newest first."""
    shown = "".join(
        f"<article><small>{escape(one.sender)} · {one.at.astimezone(INDIA):%d %B %Y, %H:%M:%S}</small>"
        f"<p>{escape(one.text)}</p></article>"
        for one in reversed(messages)
    )
    return _PAGE.format(title=f"Telephone {escape(mobile)}", body=shown or "<p>No message yet.</p>")


def phones(inbox: Mapping[str, Sequence[Message]]) -> str:
    """The telephones that received something."""
    shown = "".join(
        f'<li><a href="/phone/{escape(mobile)}">{escape(mobile)}</a> ({len(messages)})</li>'
        for mobile, messages in sorted(inbox.items())
    )
    return _PAGE.format(title="Telephones", body=f"<ul>{shown}</ul>" if shown else "<p>No message yet.</p>")
