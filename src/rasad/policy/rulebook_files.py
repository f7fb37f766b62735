"""The rule books as Markdown under docs/rules: one file a jurisdiction, made anew from the packs."""

from collections.abc import Iterator
from pathlib import Path

from rasad.policy.jurisdiction import jurisdictions
from rasad.policy.rulebook import Article, Book, Chapter, rulebook

WIDTH_OF_A_QUOTATION = 400
INDEX = "README.md"


def written(out: Path) -> list[Path]:
    """Write every jurisdiction's rule book and an index into a folder; the files, the index first."""
    out.mkdir(parents=True, exist_ok=True)
    books = [rulebook(one.code) for one in jurisdictions()]
    files = [out / INDEX]
    files[0].write_text("\n".join(_index(books)) + "\n", encoding="utf-8")
    for book in books:
        file = out / f"{book.folder.replace('_', '-')}.md"
        file.write_text("\n".join(_book(book)) + "\n", encoding="utf-8")
        files.append(file)
    return files


def _index(books: list[Book]) -> Iterator[str]:
    yield "# The rules"
    yield ""
    yield "Made from the packs by `rasad policy docs`; not edited by hand. Every row names the words it stands on."
    yield ""
    yield "| Jurisdiction | Subjects | Rows |"
    yield "|---|---|---|"
    for book in books:
        file = f"{book.folder.replace('_', '-')}.md"
        subjects = ", ".join(chapter.subject.replace("_", " ") for chapter in book.chapters)
        rows = sum(len(chapter.articles) for chapter in book.chapters)
        yield f"| [{book.about.name.en}]({file}) | {subjects} | {rows} |"


def _book(book: Book) -> Iterator[str]:
    yield f"# Rules of {book.about.name.en}"
    yield ""
    yield "Made from the packs by `rasad policy docs`. An assumed day is one that the document does not give."
    for chapter in book.chapters:
        yield from _chapter(chapter)


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield ""
    yield f"## {chapter.subject.replace('_', ' ').capitalize()}"
    yield ""
    if chapter.foreword:
        yield chapter.foreword
        yield ""
    yield "| Row | Says | Days | In the document's words |"
    yield "|---|---|---|---|"
    for article in chapter.articles:
        cells = (f"`{article.id}`", _says(article), _days(article), _quoted(article))
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _says(article: Article) -> str:
    told = [
        article.names.get("en", ""),
        article.says,
        *(f"{name}: {value}" for name, value in article.details),
    ]
    doubts = [f"*{code}: {text}*" for code, text in article.doubts]
    return "<br>".join(part for part in (*told, *doubts) if part)


def _days(article: Article) -> str:
    first = str(article.first_day or "…")
    last = f" to {article.last_day}" if article.last_day else ""
    basis = ", assumed" if article.is_assumed and article.first_day else ""
    seen = f"; observed {article.observed}" if article.observed else ""
    return f"{first}{last}{basis}{seen}"


def _quoted(article: Article) -> str:
    words = article.quotation
    short = words if len(words) <= WIDTH_OF_A_QUOTATION else words[: WIDTH_OF_A_QUOTATION - 1] + "…"
    return f"“{short}” ({article.document})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
