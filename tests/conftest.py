"""The database of the tests: an embedded cluster of their own, not durable, started once."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from rasad.web import messages

# Writes down which requirements were proven: `./run requirements` reads it.
pytest_plugins = ["tests.house.record", "tests.cast"]


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
    """Between tests that commit, Django empties every table; the guards of journal and ledger would refuse that."""
    empty = TransactionTestCase._fixture_teardown

    def empty_unguarded(case: TransactionTestCase) -> None:
        tables = _guarded_tables()
        _triggers(tables, "DISABLE")
        empty(case)
        _triggers(tables, "ENABLE")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_unguarded)
        yield


def _guarded_tables() -> list[str]:
    """The tables with a trigger on TRUNCATE."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgtype & 32 > 0"
        )
        return [table for (table,) in cursor.fetchall()]


def _triggers(tables: list[str], switch: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} {switch} TRIGGER USER")
