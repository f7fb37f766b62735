"""Pages reach a phone on a slow line."""

import gzip

from tests.relief.cast import world

__all__ = ["world"]

# What a 2G line brings in ten seconds, the time a person waits before giving up.
LARGEST = 60_000


def test_first_page_travels_compressed_and_small(world, headquarters, logged_in) -> None:
    answer = logged_in(headquarters).get("/", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < LARGEST
    assert b"<!doctype html>" in gzip.decompress(answer.content)
