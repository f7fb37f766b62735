"""Every act that can be written into the journal has a name that people read."""

import ast
import re

from rasad.journal.words import ACTS
from tests.house.reading import python_files, tree


def acts():
    """The names of acts in the code: the first thing given to `journal.write` and `tell`."""
    told = {"journal.write", "tell"}
    for path in python_files("src/rasad/"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in told and node.args:
                yield from re.findall(r"'([a-z_]+(?:\.[a-z_]+)+|log_out)'", ast.unparse(node.args[0]))


def test_every_act_has_words() -> None:
    assert {"staff.created", "place.moved"} <= set(acts())
    assert set(acts()) - set(ACTS) == set()
