"""Our own words in every language: `python -m rasad.web.messages update|compile|check`.

Done with Babel alone, so that neither GNU gettext nor a database nor settings are needed. `update` brings the
catalogues in line with the sources, `compile` makes what Django reads (nothing to do when it is up to date),
`check` fails when a sentence lacks a translation or a translation names other facts than the sentence.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCES = Path(__file__).resolve().parents[1]
LOCALE = Path(__file__).resolve().parent / "locale"
LANGUAGES = ("hi", "bn")
_KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")


def update() -> list[str]:
    """Bring every catalogue in line with the sources; sentences no longer used are dropped."""
    found = _extracted()
    for language in LANGUAGES:
        catalogue = _catalogue(language)
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _write(language, catalogue)
    return []


def compile_() -> list[str]:
    """Make the binary catalogues that are missing or older than their text."""
    for language in LANGUAGES:
        text, binary = _path(language), _path(language).with_suffix(".mo")
        if text.exists() and (not binary.exists() or binary.stat().st_mtime_ns < text.stat().st_mtime_ns):
            made = BytesIO()
            write_mo(made, _catalogue(language))
            # Two processes may do this at once: each writes its own and puts it in place whole.
            half = binary.with_suffix(f".{id(made)}.half")
            half.write_bytes(made.getvalue())
            half.replace(binary)
    return []


def check() -> list[str]:
    """What is wrong with the catalogues, one line each; nothing when all is well."""
    found = _extracted()
    return [problem for language in LANGUAGES for problem in _problems(language, found)]


def _problems(language: str, found: Catalog) -> Iterator[str]:
    catalogue = _catalogue(language)
    for message in found:
        if not message.id:
            continue
        said = catalogue.get(_first(message), message.context)
        where = f"{language}: “{_first(message)}” ({message.locations[0][0]})"
        if said is None:
            yield f"{where} is not in the catalogue: run update, then translate it"
        elif said.fuzzy or not all(_texts(said.string)):
            yield f"{where} is not translated"
        elif any(_facts(text) - _facts(*_texts(message.id)) for text in _texts(said.string)):
            yield f"{where} names a fact the sentence does not have"
        elif _facts(*_texts(message.id)) - _facts(*_texts(said.string)):
            yield f"{where} leaves a fact of the sentence out"


def _extracted() -> Catalog:
    catalogue = Catalog(project="Rasad", charset="utf-8")
    for path in sorted(SOURCES.rglob("*.py")):
        _add(catalogue, path, path.read_bytes())
    for path in sorted(SOURCES.rglob("templates/**/*.html")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # It keeps the template's indentation, which Python's tokenizer would take for its own.
        _add(catalogue, path, "\n".join(line.strip() for line in code.splitlines()).encode())
    return catalogue


def _add(catalogue: Catalog, path: Path, code: bytes) -> None:
    where = path.relative_to(SOURCES).as_posix()
    options = {"encoding": "utf-8"}
    for _, words, _, context in extract("python", BytesIO(code), keywords=_KEYWORDS, options=options):
        # Line numbers would change every catalogue with every edit.
        catalogue.add(words, locations=[(where, None)], context=context)  # type: ignore[list-item]


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _catalogue(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="Rasad", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(language: str, catalogue: Catalog) -> None:
    # No dates, no tool's version: the file changes when the words do.
    catalogue.header_comment = "# The words of Rasad. Write plainly: as one would say it across a counter."
    catalogue.fuzzy = False
    made = BytesIO()
    write_po(made, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    dated = re.compile(
        rb'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Report-Msgid-Bugs-To)[^\n]*\n',
        re.M,
    )
    text = dated.sub(b"", made.getvalue())
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != text:
        path.write_bytes(text)


def _first(message: Message) -> str:
    return _texts(message.id)[0]


def _texts(words: object) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)  # type: ignore[arg-type]


def _facts(*texts: str) -> set[str]:
    return {found.group(0) for text in texts for found in _PLACEHOLDER.finditer(text)}


def main() -> None:
    """Run the command named on the command line; status 1 when it finds something wrong."""
    commands = {"update": update, "compile": compile_, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit("Usage: python -m rasad.web.messages update|compile|check")
    problems = commands[sys.argv[1]]()
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
