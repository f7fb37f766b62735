"""Every step of a decision has its sentence, filled with facts the step really gives."""

import ast
import re
from collections import Counter

from rasad.web import sentences
from rasad.web.sentences import reasons
from tests.house.reading import named, python_files, text_of, tree

RULES = python_files("src/rasad/policy/")


def steps():
    """Each `because("code", fact=…)` and `reason("code", row, fact=…)`: place, code, facts, may more come."""
    for path in RULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in (
                "because",
                "reason",
            ):
                code = node.args[0] if node.args else None
                if isinstance(code, ast.Constant):
                    facts = {keyword.arg for keyword in node.keywords}
                    yield f"{named(path)}:{node.lineno}", code.value, facts - {None}, None in facts


def wanted(code):
    return set(re.findall(r"%\((\w+)\)", str(reasons.REASONS[code])))


def test_every_reason_has_a_sentence():
    assert sorted({(code, place) for place, code, _, _ in steps() if code not in reasons.REASONS}) == []


def test_sentence_uses_only_facts_the_reason_has():
    assert [
        (place, code, sorted(wanted(code) - facts))
        for place, code, facts, more in steps()
        if code in reasons.REASONS and not more and wanted(code) - facts
    ] == []


def test_every_sentence_is_said_somewhere():
    everything = " ".join(text_of(path) for path in RULES)

    assert [code for code in reasons.REASONS if f'"{code}"' not in everything] == []


def test_no_code_stands_in_two_lists():
    for parts in (reasons._PARTS, sentences._PARTS):
        times = Counter(code for part in parts for code in part)
        assert [code for code, count in times.items() if count > 1] == []
