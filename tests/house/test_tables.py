"""Tables, migrations and the database agree."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

MODELS = [model for model in apps.get_models() if model.__module__.startswith("rasad.")]


@pytest.mark.django_db
def test_migrations_are_complete():
    told = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=told)

    assert told.getvalue().strip() == "No changes detected"


def test_migrations_of_an_app_are_one_line():
    assert MigrationLoader(None).detect_conflicts() == {}


def test_every_app_with_tables_has_migrations():
    with_migrations = MigrationLoader(None).migrated_apps

    assert {model._meta.app_label for model in MODELS} - with_migrations == set()


@pytest.mark.django_db
def test_constraints_of_models_are_in_the_database():
    """A rule the code believes in and the database does not know holds nothing."""
    wanted = {(model._meta.db_table, rule.name) for model in MODELS for rule in model._meta.constraints}
    with connection.cursor() as cursor:
        there = {
            (model._meta.db_table, name)
            for model in MODELS
            for name in connection.introspection.get_constraints(cursor, model._meta.db_table)
        }

    assert wanted - there == set()


@pytest.mark.django_db
def test_triggers_of_models_are_in_the_database():
    wanted = {trigger.get_pgid(model) for model in MODELS for trigger in getattr(model._meta, "triggers", [])}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        there = {name for (name,) in cursor.fetchall()}

    assert len(wanted) >= 2
    assert wanted - there == set()


def test_area_lookups_name_fields():
    lookups = [
        (model, path)
        for model in MODELS
        for paths in getattr(model, "AREA_LOOKUPS", {}).values()
        for path in ((paths,) if isinstance(paths, str) else paths)
        if path != "*"
    ]

    assert lookups
    for model, path in lookups:
        model._meta.get_field(path.split("__")[0])


def test_every_model_says_what_it_is():
    assert [
        model.__name__
        for model in MODELS
        if not model.__doc__ or model.__doc__.startswith(f"{model.__name__}(")
    ] == []
