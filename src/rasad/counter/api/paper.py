"""The API on one page, for people who write the program of a device."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

Words = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is code."""


@dataclass(frozen=True)
class Field:
    """A name in a body or an answer: what it is, and whether it must be there."""

    name: str
    kind: str
    is_needed: bool


@dataclass(frozen=True)
class Asked:
    """One thing a device may ask."""

    method: str
    path: str
    name: str
    about: Words
    group: str
    is_signed: bool
    body: str
    answer: str


@dataclass(frozen=True)
class Form:
    """A body or an answer."""

    name: str
    about: Words
    fields: tuple[Field, ...]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every path with what it takes and gives, read from the OpenAPI document."""
    from rasad.counter.api.app import api

    document = api.get_openapi_schema()
    context = {
        "title": document["info"]["title"],
        "about": [_words(one) for one in document["info"]["description"].split("\n\n")],
        "asked": [
            _asked(path, method, one) for path, of in document["paths"].items() for method, one in of.items()
        ],
        "forms": [_form(name, one) for name, one in sorted(document["components"]["schemas"].items())],
    }
    return render(request, "counter/api/paper.html", context)


def _asked(path: str, method: str, one: dict[str, Any]) -> Asked:
    body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answer = next(iter(one["responses"].values()))["content"]["application/json"]["schema"]
    return Asked(
        method.upper(), path, one["operationId"], _words(one.get("description", "")), one["tags"][0], "security" in one,
        _kind(body), _kind(answer),
    )  # fmt: skip


def _form(name: str, one: dict[str, Any]) -> Form:
    needed = set(one.get("required", ()))
    fields = (Field(key, _kind(of), key in needed) for key, of in one.get("properties", {}).items())
    return Form(name, _words(one.get("description", "")), tuple(fields))


def _words(text: str) -> Words:
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(text.split("`")) if piece)


def _kind(of: dict[str, Any]) -> str:
    """The kind of a value in a few words: the name of a form, a list of it, its limits."""
    if "$ref" in of:
        return str(of["$ref"]).rpartition("/")[2]
    if "anyOf" in of:
        return " or ".join(_kind(one) for one in of["anyOf"])
    if "enum" in of:
        return " | ".join(str(one) for one in of["enum"])
    if of.get("type") == "array":
        return f"list of {_kind(of['items'])}"
    limits = [f"{sign} {of[key]}" for key, sign in _LIMITS.items() if key in of]
    return " ".join([of.get("format") or of.get("type", ""), *limits]).strip()


_LIMITS = {
    "minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<", "minLength": "length ≥",
    "maxLength": "length ≤", "pattern": "like",
}  # fmt: skip
