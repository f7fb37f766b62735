"""A PostgreSQL of its own for a measurement, gone when it ends."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rasad.postgres import Cluster


@contextmanager
def own_database() -> Iterator[Cluster]:
    """Start a cluster in a new folder and bind Django to it, with every migration made."""
    with tempfile.TemporaryDirectory(prefix="rasad-bench-") as folder:
        # The server's own account has to reach its folder.
        Path(folder).chmod(0o755)
        cluster = Cluster(Path(folder) / "postgres" / "data")
        cluster.start()
        try:
            os.environ["DATABASE_URL"] = cluster.url
            import django

            django.setup()
            from django.core.management import call_command

            call_command("migrate", verbosity=0, interactive=False)
            yield cluster
        finally:
            cluster.stop()
