"""A relief run from prepared inputs into the database, whoever asks for it: the command line or a job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.db.models import Count

from rasad import wiring
from rasad.pipelines.relief import run as pipeline
from rasad.pipelines.relief.stages import STAGES
from rasad.registry.queries import export_register
from rasad.relief import runs
from rasad.relief.life import LIVING
from rasad.relief.models import Token
from rasad.shops.queries import export_shops

if TYPE_CHECKING:
    from rasad.accounts.models import User
    from rasad.pipelines.relief.stages import Work
    from rasad.policy.scheme import Scheme

Tell = Callable[[str, int, int], None]


def into_database(
    work: Work, out: Path, *, by: User | str, tell: Tell, check: Callable[[], None] | None = None
) -> dict[str, Any]:
    """Run the stages, with the progress on the runs page, then take the results in as a whole; the summary.

    `check` is asked in the transaction that takes them in, and may refuse.
    """
    run = runs.begun(work, by=by, at=wiring.now())
    runs.hold(run)
    stages = [stage.name for stage in STAGES]

    def told(stage_name: str, place: int, of: int) -> None:
        tell(stage_name, place, of)
        if stage_name in stages:
            runs.advance(run, stage_name, 100 * place // (of + 1))

    try:
        with stoppable():
            summary = pipeline.relief_run(work, out, told)
        tell("into the database", len(stages), len(stages) + 1)
        runs.advance(run, "load", 90)
        runs.take_in(run, work, out, by=by, at=wiring.now(), check=check)
        tell("done", 1, 1)
    except BaseException as error:
        # Also for Ctrl-C: the page must not show a run as going on that nobody runs.
        runs.fail(run, error=error, at=wiring.now())
        raise
    finally:
        runs.let_go(run)
    return summary


@contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C be Ctrl-C, also when it meets DuckDB at work, which calls it an error."""
    try:
        yield
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        raise KeyboardInterrupt from error


def exported_register(out: Path, scheme: Scheme) -> Path:
    """The register of the database as files: what held at any time while the scheme runs bars a family."""
    folder = out / "register"
    folder.mkdir(parents=True, exist_ok=True)
    export_register(folder, on=scheme.first_day, until=scheme.last_day)
    export_shops(folder)
    return folder


def without_what_is_taken(register: Path) -> None:
    """Take the room that living tokens have already out of the exported shops: for a run of further families only."""
    path = register / "shops.parquet"
    shops = pq.read_table(path)
    taken = dict(
        Token.objects.filter(state__in=LIVING)
        .exclude(shop_number="")
        .order_by()
        .values_list("shop_number")
        .annotate(count=Count("pk"))
    )
    left = [
        max((room or 0) - taken.get(number, 0), 0)
        for number, room in zip(shops["number"].to_pylist(), shops["capacity"].to_pylist(), strict=True)
    ]
    place = shops.column_names.index("capacity")
    pq.write_table(shops.set_column(place, "capacity", pa.array(left, shops.schema.field(place).type)), path)
