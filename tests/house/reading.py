"""What the house tests look at: files of the project, the Python in them, the catalogue of requirements."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "rasad"
# The catalogue is no part of the project: whoever has it puts it beside the project.
CATALOGUE = ROOT.parent / "shared" / "requirements.md"
NOT_OURS = {".git", ".venv", "var", "out", "dist", "artifacts", "__pycache__", "spark-warehouse", ".mo"}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project."""
    return files("--cached")


def files(*which: str) -> tuple[Path, ...]:
    """What git lists, else (no git here, or no clone) all but what set-up and runs leave behind."""
    try:
        answer = subprocess.run(
            ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", *which],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
        found = [ROOT / name for name in answer.split("\0") if name]
    except (FileNotFoundError, subprocess.CalledProcessError):
        found = [
            path for path in ROOT.rglob("*") if not NOT_OURS & {*path.relative_to(ROOT).parts, path.suffix}
        ]
    return tuple(sorted(path for path in found if path.is_file() and not path.is_symlink()))


def named(path: Path) -> str:
    """A file as its reader knows it."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    """The text of a file, empty for a picture or anything else that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def python_files(*folders: str) -> list[Path]:
    """Python files under these folders of the project, migrations aside: those are generated."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and named(path).startswith(folders) and "migrations" not in path.parts
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text_of(path), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports(path: Path) -> set[str]:
    """The full names a file imports: `from rasad.web import views` gives rasad.web and rasad.web.views."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def top_names(path: Path) -> set[str]:
    """Names that a Python file defines at its top level, and `Class.member` inside its classes."""
    found: set[str] = set()
    for node in tree(path).body:
        for name in _defined(node):
            found.add(name)
            if isinstance(node, ast.ClassDef):
                found |= {f"{name}.{inner}" for child in node.body for inner in _defined(child)}
    return found


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = (
        node.targets
        if isinstance(node, ast.Assign)
        else [node.target]
        if isinstance(node, ast.AnnAssign)
        else []
    )
    return [target.id for target in targets if isinstance(target, ast.Name)]


@cache
def catalogue() -> tuple[str, ...]:
    """The ids of the requirements, in the catalogue's order; none where the catalogue is not there."""
    if not CATALOGUE.exists():
        return ()
    return tuple(dict.fromkeys(re.findall(r"\*\*(R-[A-Z]+-\d+)\*\*", CATALOGUE.read_text(encoding="utf-8"))))
