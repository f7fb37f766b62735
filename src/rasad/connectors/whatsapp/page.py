"""WhatsApp on a family's telephone, on the screen, for training: what the twin delivered to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from rasad.values.month import INDIA

if TYPE_CHECKING:
    from rasad.connectors.whatsapp.sandbox import Sent

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3"><title>{title}</title>
<style>body{{font:1rem/1.5 sans-serif;margin:0 auto;max-width:26rem;padding:1rem;background:#e9f1ea;color:#111}}
article{{background:#fff;border-radius:.6rem;padding:.6rem .9rem;margin:.6rem 0}}small{{color:#444}}
p{{margin:.2rem 0;overflow-wrap:anywhere}}</style></head>
<body><h1>{title}</h1>{body}</body></html>
"""
_NOTHING = "<p>No message yet.</p>"


def phone(mobile: str, messages: Sequence[Sent]) -> str:
    """The messages of a number, the newest first, each with its document."""
    shown = "".join(
        f'<article><p><a href="/document/{escape(one.media_id)}">{escape(one.filename)}</a></p>'
        f"<p>{escape(one.text)}</p><small>{one.at.astimezone(INDIA):%d %B %Y, %H:%M:%S}</small></article>"
        for one in reversed(messages)
    )
    return _PAGE.format(title=f"WhatsApp of {escape(mobile)}", body=shown or _NOTHING)


def phones(messages: Mapping[str, Sequence[Sent]]) -> str:
    """The telephones that received something."""
    shown = "".join(
        f'<li><a href="/phone/{escape(mobile)}">{escape(mobile)}</a> ({len(received)})</li>'
        for mobile, received in sorted(messages.items())
    )
    return _PAGE.format(title="WhatsApp", body=f"<ul>{shown}</ul>" if shown else _NOTHING)
