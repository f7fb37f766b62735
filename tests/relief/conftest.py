"""The world of the relief pages, and the results of three small runs, made once for every test of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.relief.cast import world
from tests.relief.taking import Left, left_by

__all__ = ["world"]


def _left(story: str, folder: Path) -> Iterator[Left]:
    left = left_by(story, folder)
    yield left
    left.work.engine.close()


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    yield from _left("first", tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    yield from _left("second", tmp_path_factory.mktemp("second"))


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    yield from _left("alone", tmp_path_factory.mktemp("alone"))
