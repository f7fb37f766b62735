"""The database of the tests: an embedded cluster of their own, not durable, started once."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from rasad.web import messages

# The files that take longest, longest first. Where several processes share the tests, these begin: none is left alone
# with one of them at the end.
LONGEST = (
    "browser/test_desk.py", "browser/test_counter.py", "test_demo.py", "pipelines/relief/test_two_engines.py",
    "proof/test_quick.py", "browser/test_pages.py", "test_areas_everywhere.py", "desk/test_emergency.py",
    "pipelines/entitlements/test_one_and_all.py", "browser/test_shops.py", "relief/test_commands.py",
)  # fmt: skip
MADE_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}
# Writes down which requirements were proven: `./run requirements` reads it.
pytest_plugins = ["tests.house.record", "tests.cast"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_collection_finish() -> None:
    """What was imported and collected lives to the end: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Libraries in C complain of what is not gone at the end."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Start the cluster before pytest-django makes its test database; each process has one of its own."""
    if not settings.DATABASE_URL:
        from rasad.postgres import Cluster

        Cluster(settings.EMBEDDED_DATA, durable=False).start()
    if "PYTEST_DB" in os.environ:
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = os.environ["PYTEST_DB"]
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session", autouse=True)
def _words_are_compiled() -> None:
    """Hindi and Bengali are there on a fresh clone too."""
    messages.compile_()


@pytest.fixture(scope="session", autouse=True)
def _static_files_need_no_collecting(tmp_path_factory: pytest.TempPathFactory) -> None:
    """They are found beside the sources; an empty folder keeps WhiteNoise from warning of a missing one."""
    settings.STATIC_ROOT = tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_fast() -> None:
    """The real hash takes half a second on purpose, and many tests make many accounts."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _tests_may_empty_what_is_only_added_to() -> Iterator[None]:
    """Between tests that commit, what they wrote is deleted; the guards of journal and ledger would refuse that.

    Only from tables that hold something: Django would empty a hundred, and make its permissions anew each time.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: _empty())
        yield


def _empty() -> None:
    tables = set(connection.introspection.table_names()) - MADE_BY_MIGRATIONS
    holding = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in sorted(tables)
    )
    with connection.cursor() as cursor:
        cursor.execute(holding)
        filled = [table for (table,) in cursor.fetchall()]
        # No trigger and no foreign key fires for this connection.
        cursor.execute("SET session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page in Hindi leaves no later story in Hindi: requests of the test client leave their language behind."""
    yield
    translation.deactivate()
