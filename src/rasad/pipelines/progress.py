"""A bar on the command line for work that tells what it is at, how far, and of how much."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

OnProgress = Callable[[str, int, int], None]


@contextmanager
def shown(console: Console) -> Iterator[OnProgress]:
    """A bar that goes when the work is done; what is yielded is told the step, its place and their number."""
    columns = (TextColumn("{task.description:<12}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("starting", total=None)

        def on_progress(what: str, done: int, of: int) -> None:
            bar.update(task, completed=done, total=of, description=what)

        yield on_progress
