"""One small made-up state for all tests: three districts, five thousand families, more mess than usual."""

from pathlib import Path

import duckdb
import pytest

from rasad.pipelines.synth.state import write_state

SCALE = 0.004
DISTRICTS = ["58", "67", "604"]


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("state")
    write_state(folder, scale=SCALE, seed=7, districts=DISTRICTS, mess=0.01)
    return folder


@pytest.fixture(scope="session")
def ask(state: Path):
    """Answer a query whose tables are the files of the state: cards, members, rows and so on."""
    connection = duckdb.connect()
    for path in sorted(state.rglob("*.parquet")):
        name = f"{path.parent.name}_{path.stem}".replace(".", "_")
        connection.execute(f"create view {name} as from '{path}'")
    for kind in ("families", "members"):
        each = " union all by name ".join(
            f"select '{name}' as source, * from sources_{name}_{kind}"
            for name in ("mmpsy", "saral", "local_committee", "cm_twitter")
        )
        connection.execute(f"create view {kind} as {each}")
    return lambda query: connection.execute(query).fetchall()
