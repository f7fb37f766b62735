"""The rules of every State as they stand in the packs: rows with their days and the words of the order."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rasad.policy.jurisdiction import jurisdictions
from rasad.policy.rulebook import Article, Book, rulebook
from rasad.portal.subjects import named
from rasad.values.refused import Refused
from rasad.web.language import active


def show(request: HttpRequest) -> HttpResponse:
    """Every State with its subjects."""
    books = [rulebook(one.code) for one in jurisdictions()]
    return render(request, "portal/rules.html", {"books": [_shown(book) for book in books]})


def subject(request: HttpRequest, folder: str, subject: str) -> HttpResponse:
    """One subject of a State as a table; `q` narrows it to rows that hold the words."""
    books = {book.folder: book for book in (rulebook(one.code) for one in jurisdictions())}
    try:
        chapter = books[folder].chapter(subject)
    except (KeyError, Refused):
        raise Http404 from None
    wanted = request.GET.get("q", "").strip().lower()
    rows = [_row(one) for one in chapter.articles if wanted in _words(one)]
    context = {
        "book": _shown(books[folder]),
        "title": named(subject),
        "subject": subject,
        "foreword": chapter.foreword,
        "rows": rows,
        "q": request.GET.get("q", ""),
        "all": len(chapter.articles),
    }
    return render(request, "portal/subject.html", context)


def _shown(book: Book) -> dict[str, object]:
    return {
        "name": book.about.name.in_language(active()),
        "folder": book.folder,
        "chapters": [(one.subject, named(one.subject), len(one.articles)) for one in book.chapters],
    }


def _row(one: Article) -> dict[str, object]:
    return {"name": one.name(active()), "article": one}


def _words(one: Article) -> str:
    parts = [one.id, one.says, one.quotation, *one.names.values(), *(value for _name, value in one.details)]
    return " ".join(parts).lower()
