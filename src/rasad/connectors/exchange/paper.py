"""The OpenAPI document of a portal, made from the forms the code uses: what we ask of it, and what it may ask us.

After a form has changed: `python -m rasad.connectors.exchange.paper` writes all of them anew.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from rasad import connectors
from rasad.connectors.exchange.client import PortalClient, path_of
from rasad.connectors.exchange.sandbox import MOST_ROWS
from rasad.connectors.exchange.wire import NoSaid, Outcomes, pages, pushes
from rasad.connectors.help_me.sandbox import ROOT
from rasad.connectors.help_me.wire import CodeAsked, CodeSent, OwnTokens, PaperAsked, TokensAsked

FOLDER = Path(connectors.__path__[0])
MADE = "# Made from the code's forms (connectors/exchange/paper.py); a test keeps both equal.\n"
REF = "#/components/schemas/{name}"
SIGNED = """\
**Signature.** Every request has `X-Rasad-System` (who asks), `X-Rasad-Time` (Unix milliseconds), `X-Rasad-Nonce` (8
to 64 letters and digits, never used before) and `X-Rasad-Signature`: HMAC-SHA256 in hexadecimal, with the key both
sides share, over five lines joined by a line feed: method, path with its query as sent, time, nonce, SHA-256 of the
body in hexadecimal. A time more than 120 seconds off and a nonce seen before are refused with 401. Every other
answer carries `X-Rasad-Signature` over four lines: `rasad answer`, the status, the nonce of the request, SHA-256 of
the body.

**Once.** A page may be asked for again and is the same page. A pushed item is known by its `id`: the same id again is
answered `already`, the same id with another body is refused with `id_reused`. Every item of a batch is answered, by
its id.

**In order.** Of one thing (`about`) items are sent in their order, one at a time. Where they carry a `version`, an
item with a lower one than was taken before is answered `already` and changes nothing.

**Pages.** `next` is where the next page begins; only whoever gave it can read it. It is kept also after the last page
(`more` is false): rows that come later follow there.

**Failure.** 429, 5xx, no answer within the time and an answer that is not signed: the same is asked again, later and
later. A signed 4xx and a 401 that says `unsigned_` are for people.

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
        paths[path_of(client.name, kind)] = {
            "get": _asked(f"The portal's {kind}, a page at a time", page, recorded(client.name, kind))
        }
    for kind, form in client.pushes.items():
        pushed = pushes(form)
        forms += [pushed, Outcomes]
        paths[path_of(client.name, kind)] = {
            "post": _told(f"Tell the portal {kind}", pushed, Outcomes, "we-ask", recorded(client.name, kind))
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


def recorded(name: str, kind: str) -> Any:
    """An answer as it came."""
    return msgspec.json.decode((FOLDER / name / "recorded" / f"{kind}.json").read_bytes())


def text(client: type[PortalClient]) -> str:
    """The document as its file has it."""
    plain = msgspec.json.decode(msgspec.json.encode(paper(client)))
    return MADE + yaml.dump(plain, Dumper=_Written, sort_keys=False, allow_unicode=True, width=110)


def write_all(clients: Mapping[str, type[PortalClient]]) -> None:
    """Write every portal's document into its folder."""
    for name, client in clients.items():
        (FOLDER / name / "openapi.yaml").write_text(text(client), encoding="utf-8")


class _Written(yaml.SafeDumper):
    """Long texts as blocks, as a person would write them; nothing by reference to what stands above."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _block(dumper: _Written, said: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", said, style="|" if "\n" in said else None)


_Written.add_representer(str, _block)


def _asked(summary: str, page: Any, example: Any) -> dict[str, Any]:
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
            {
                "name": "limit",
                "in": "query",
                "schema": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
            },
        ],
        "responses": {"200": _answer("A page", page, example), **_noes()},
    }


def _told(summary: str, asked: Any, answer: Any, direction: str, example: Any = None) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": _schema(asked)}}}
    pdf = {"description": "The paper", "content": {"application/pdf": {"schema": {"type": "string"}}}}
    ok = _answer("Done", answer, example) if answer else pdf
    return {
        "summary": summary, "x-direction": direction, "requestBody": body, "responses": {"200": ok, **_noes()},
    }  # fmt: skip


def _noes() -> dict[str, Any]:
    return {
        "400": _answer("A body in another form", NoSaid),
        "401": _answer("unsigned_ and why; this answer is not signed", NoSaid),
        "4XX": _answer("An expected no, signed", NoSaid),
        "429": _answer("Too often: later again", NoSaid),
        "5XX": {"description": "Nothing was done, or it is not known: the same again, later"},
    }


def _answer(words: str, form: Any, example: Any = None) -> dict[str, Any]:
    told = {"schema": _schema(form)} | ({} if example is None else {"example": example})
    return {"description": words, "content": {"application/json": told}}


def _schema(form: Any) -> Any:
    (told,), _ = msgspec.json.schema_components([form], ref_template=REF)
    return told


if __name__ == "__main__":
    from rasad.connectors.exchange.portals import PORTALS

    write_all({name: portal.client for name, portal in PORTALS.items()})
