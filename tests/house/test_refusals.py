"""Every expected no has words: what, why, what to do next, filled with facts the code really gives."""

import ast
import re
from collections import Counter

from rasad.web.sentences import SENTENCES
from tests.house.reading import named, python_files, text_of, tree

OURS = [path for path in python_files("src/rasad/") if "sentences" not in path.parts]


def refusals():
    """Each `Refused("code", fact=…)` of the code: its place, code, facts, and whether more facts may come."""
    for path in OURS:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refused" and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    facts = {keyword.arg for keyword in node.keywords}
                    yield f"{named(path)}:{node.lineno}", code.value, facts - {None}, None in facts


def parts(sentence):
    return [str(part) for part in (sentence.what, sentence.why, sentence.next)]


def wanted(code):
    return set(re.findall(r"%\((\w+)\)", " ".join([*parts(SENTENCES[code]), str(SENTENCES[code].short)])))


def test_every_refusal_has_a_sentence():
    assert sorted({(code, place) for place, code, _, _ in refusals() if code not in SENTENCES}) == []


def test_sentence_uses_only_facts_the_refusal_has():
    short = [
        (place, code, sorted(wanted(code) - facts))
        for place, code, facts, more in refusals()
        if code in SENTENCES and not more and wanted(code) - facts
    ]

    assert short == []


def test_every_sentence_is_said_somewhere():
    everything = " ".join(text_of(path) for path in OURS)

    assert [code for code in SENTENCES if f'"{code}"' not in everything] == []


def test_every_sentence_says_what_why_and_what_next():
    assert [code for code, sentence in SENTENCES.items() if not all(parts(sentence))] == []


def test_no_two_codes_say_the_same():
    said = Counter(" ".join(parts(sentence)) for sentence in SENTENCES.values())

    assert [text for text, times in said.items() if times > 1] == []
