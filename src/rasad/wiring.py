"""What has to be running before the rest can be used; later also the connectors, built from settings."""

import os


def ready() -> None:
    """Bring up Django and, unless DATABASE_URL names a server, the embedded PostgreSQL. Safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
    import django
    from django.conf import settings

    if not settings.DATABASE_URL:
        from rasad.postgres import Cluster

        Cluster(settings.EMBEDDED_DATA, durable=not settings.TESTING).start()
    django.setup()


def templates() -> None:
    """Bring up Django for words and pages only: no database is started or asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rasad.settings")
    import django

    django.setup()


def migrated() -> None:
    """`ready`, with every table as the code expects it."""
    ready()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
