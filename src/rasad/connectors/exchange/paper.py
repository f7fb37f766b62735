"""The OpenAPI document of a portal, made from the forms the code uses: what we ask of it, and what it may ask us."""

from typing import Any

import msgspec
from msgspec import Struct

from rasad.connectors.exchange.client import PortalClient, path_of
from rasad.connectors.exchange.wire import NoSaid, Outcomes, pages, pushes
from rasad.connectors.help_me.sandbox import ROOT
from rasad.connectors.help_me.wire import CodeAsked, CodeSent, OwnTokens, PaperAsked, TokensAsked

REF = "#/components/schemas/{name}"
SIGNED = """\
**Signature.** Every request has `X-Rasad-System` (who asks), `X-Rasad-Time` (Unix milliseconds), `X-Rasad-Nonce` (8
to 64 letters and digits, never used before) and `X-Rasad-Signature`: HMAC-SHA256 in hexadecimal, with the key both
sides share, over five lines joined by a line feed: method, path with its query as sent, time, nonce, SHA-256 of the
body in hexadecimal. A time more than 120 seconds off and a nonce seen before are refused with 401. Every other
answer carries `X-Rasad-Signature` over four lines: `rasad answer`, the status, the nonce of the request, SHA-256 of
the body.

**Once.** A page may be asked for again. A pushed item is known by its `id`: the same id again is answered
`already`, the same id with another body is refused with `id_reused`. Of one thing (`about`) items are sent in their
order, one at a time.

**Aadhaar.** No number travels; `aadhaar_ref` is HMAC-SHA256 of the number with the department's key.
"""
# What we offer: paths, forms in and out. The paper of a token is a PDF.
OFFERED: dict[str, dict[str, tuple[type[Struct], type[Struct] | None]]] = {
    "help_me": {
        "codes": (CodeAsked, CodeSent),
        "tokens": (TokensAsked, OwnTokens),
        "pdf": (PaperAsked, None),
    }
}


def paper(client: type[PortalClient]) -> dict[str, Any]:
    """The document of one portal."""
    forms: list[Any] = [NoSaid]
    paths: dict[str, Any] = {}
    for kind, form in client.pulls.items():
        page = pages(form)
        forms.append(page)
        paths[path_of(client.name, kind)] = {"get": _asked(f"The portal's {kind}, a page at a time", page)}
    for kind, form in client.pushes.items():
        pushed = pushes(form)
        forms += [pushed, Outcomes]
        paths[path_of(client.name, kind)] = {
            "post": _told(f"Tell the portal {kind}", pushed, Outcomes, "we-ask")
        }
    for name, (asked, answer) in OFFERED.get(client.name, {}).items():
        forms += [asked, *([answer] if answer else [])]
        paths[ROOT + name] = {"post": _told("Asked of us", asked, answer, "they-ask")}
    _, schemas = msgspec.json.schema_components(forms, ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": client.title, "version": "1", "description": SIGNED},
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items()))},
    }


def _asked(summary: str, page: Any) -> dict[str, Any]:
    return {
        "summary": summary,
        "x-direction": "we-ask",
        "parameters": [
            {
                "name": "cursor",
                "in": "query",
                "schema": {"type": "string"},
                "description": "`next` of the page before",
            },
            {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 1000}},
        ],
        "responses": {"200": _answer("A page", page), **_noes()},
    }


def _told(summary: str, asked: Any, answer: Any, direction: str) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": _schema(asked)}}}
    pdf = {"description": "The paper", "content": {"application/pdf": {"schema": {"type": "string"}}}}
    ok = _answer("Done", answer) if answer else pdf
    return {
        "summary": summary, "x-direction": direction, "requestBody": body, "responses": {"200": ok, **_noes()},
    }  # fmt: skip


def _noes() -> dict[str, Any]:
    return {
        "400": _answer("A body in another form", NoSaid),
        "401": _answer("unsigned_ and why; this answer is not signed", NoSaid),
        "409": _answer("An expected no", NoSaid),
    }


def _answer(words: str, form: Any) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": _schema(form)}}}


def _schema(form: Any) -> Any:
    (told,), _ = msgspec.json.schema_components([form], ref_template=REF)
    return told
