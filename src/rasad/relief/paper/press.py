"""The press: tokens to PDF, a few at once for a screen, or thousands on every core for an office."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from datetime import date
from io import BytesIO
from itertools import chain, groupby, islice
from pathlib import Path
from typing import BinaryIO

from rasad.relief.paper.contents import Layout, TokenPaper
from rasad.relief.paper.cover import Tally
from rasad.relief.paper.sheet import sheet
from rasad.values.refused import Refused
from rasad.web import typesetting
from rasad.web.pdf_join import Joined, Part, part

TEMPLATE = Path(__file__).with_name("token.typ")
COVER = Path(__file__).with_name("cover.typ")
# Tokens a compile: enough to share the fonts between, few enough for 0.4 GiB a process. Even, for two-up.
CHUNK = 100
# A process holds a few hundred megabytes; beyond this many the disk is the limit anyway.
MOST_PROCESSES = 8


def render(tokens: Sequence[TokenPaper], *, layout: Layout = "a5") -> bytes:
    """The PDF of some tokens, in their order: the same tokens, the same bytes.

    Raises Refused("nothing_to_print") for none, Refused("fonts_missing") where set-up found no fonts.
    """
    if 0 < len(tokens) <= CHUNK and all(token.edition == tokens[0].edition for token in tokens):
        return _set(tokens, layout, None)
    out = BytesIO()
    print_book(tokens, out, layout=layout)
    return out.getvalue()


def pictures(tokens: Sequence[TokenPaper], *, layout: Layout = "a5", dots_per_inch: int = 144) -> list[bytes]:
    """The pages of some tokens as PNG pictures."""
    return typesetting.pictures(TEMPLATE, sheet(tokens, layout), dots_per_inch=dots_per_inch)


def print_book(
    tokens: Iterable[TokenPaper],
    out: BinaryIO,
    *,
    layout: Layout = "a5",
    cover_on: date | None = None,
    processes: int | None = None,
    progress: Callable[[int], None] = lambda printed: None,
) -> int:
    """Print tokens into one tagged PDF in their order and tell how many there were.

    With `cover_on`, the day of printing, each token gets a serial and cover pages come first: counts and
    serials by shop and village, in the order the tokens come in, with room to sign for them. Memory is
    bounded whatever the number. Raises as `render` does.
    """
    stream = iter(tokens)
    # The first chunk and one more token tell whether other processes are worth starting.
    start = list(islice(stream, CHUNK + 1))
    if not start:
        raise Refused("nothing_to_print")
    tally = Tally()
    serials = cover_on is not None
    book, count = Joined(out), 0
    chunks = _chunks(chain(start, stream), tally)
    workers = (processes or _cores()) if len(start) > CHUNK else 1
    with ExitStack() as stack:
        parts = _parts(chunks, layout, serials, workers, stack)
        for size, made in parts:
            book.add(made)
            count += size
            progress(count)
    if cover_on is not None:
        cover = typesetting.pdf(COVER, tally.files(cover_on), made_on=cover_on)
        book.add(part(cover, book.count, is_last=True), first=True)
    book.finish()
    return count


def _chunks(tokens: Iterator[TokenPaper], tally: Tally) -> Iterator[list[TokenPaper]]:
    """What is set at once, each of one scheme: its words stand on every page of it."""
    for _edition, alike in groupby(tokens, key=lambda token: token.edition):
        while chunk := list(islice(alike, CHUNK)):
            tally.count(chunk)
            yield chunk


def _parts(
    chunks: Iterator[list[TokenPaper]], layout: Layout, serials: bool, processes: int, stack: ExitStack
) -> Iterator[tuple[int, Part]]:
    """Each chunk's size and its pages, in order; no more chunks in hand than keep every process busy."""
    serial = 1
    if processes < 2:
        for place, chunk in enumerate(chunks):
            yield len(chunk), _part(chunk, layout, place, serial if serials else None)
            serial += len(chunk)
        return
    # Not forked: a fork of a process with threads (the database driver's, the typesetter's) may hang.
    pool = stack.enter_context(
        ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=_one_thread)
    )
    waiting: list[tuple[int, Future[Part]]] = []
    for place, chunk in enumerate(chunks):
        waiting.append((len(chunk), pool.submit(_part, chunk, layout, place, serial if serials else None)))
        serial += len(chunk)
        if len(waiting) > 2 * processes:
            size, made = waiting.pop(0)
            yield size, made.result()
    for size, made in waiting:
        yield size, made.result()


def _part(tokens: Sequence[TokenPaper], layout: Layout, place: int, first_serial: int | None) -> Part:
    return part(_set(tokens, layout, first_serial), place)


def _set(tokens: Sequence[TokenPaper], layout: Layout, first_serial: int | None) -> bytes:
    made_on = max(token.issued_on for token in tokens)
    return typesetting.pdf(TEMPLATE, sheet(tokens, layout, first_serial), made_on=made_on)


def _one_thread() -> None:
    # One process a core: the typesetter's own threads would only get in each other's way.
    os.environ["RAYON_NUM_THREADS"] = "1"


def _cores() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_PROCESSES)
