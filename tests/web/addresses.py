"""Every address there is, with made-up values where it wants some."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {
    "uuidstr": "00000000-0000-4000-8000-000000000000",
    "int": "1",
    "slug": "x",
    "str": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "x",
}

# Open pages about something that is there.
REAL = {"portal:subject": "/rules/haryana/prices"}


def every_address() -> list[tuple[str, str]]:
    """Name and path of every address."""
    return sorted((name, REAL.get(name, path)) for name, path in _below(get_resolver(), "/", ""))


def _below(resolver: URLResolver, path: str, namespace: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        here = path + _filled(entry)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry, here, inner)
        else:
            yield f"{namespace}{entry.name}", here


def _filled(entry: URLPattern | URLResolver) -> str:
    text = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        sample = SAMPLES[kind]
        text = text.replace(f"<{kind}:{name}>", sample).replace(f"<{name}>", sample)
    return text
