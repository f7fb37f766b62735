"""Nobody but the ledger writes its tables: the rest asks its actions, grants and postings."""

import ast

from tests.house.reading import SRC, python_files

TABLES = {"Account", "Transfer", "Grant", "Hold", "HoldEnd", "AwayLift"}
WRITES = {
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
    "save",
}
OTHERS = [path for path in python_files("src/rasad/") if path.relative_to(SRC).parts[0] != "ledger"]


def root_of(node):
    """The name a chain of calls begins with: Account of Account.objects.filter(...).update(...)."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def writes(path):
    """Where a file writes a table of the ledger, in code or in SQL."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in WRITES and root_of(node.func) in TABLES:
                yield f"{path.name}:{node.lineno}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = " ".join(node.value.lower().split())
            if any(f"{verb} ledger_" in text for verb in ("insert into", "update", "delete from")):
                yield f"{path.name}:{node.lineno}"


def test_only_the_ledger_writes_its_tables():
    assert [line for path in OTHERS for line in writes(path)] == []


def test_sql_beside_the_code_writes_none_of_them():
    others = [path for path in SRC.glob("**/*.sql") if "ledger" not in path.parts]
    texts = {path.name: " ".join(path.read_text().lower().split()) for path in others}

    assert [
        name
        for name, text in texts.items()
        if any(f"{verb} ledger_" in text for verb in ("insert into", "update", "delete from"))
    ] == []
