"""Why something was decided, and on whose word."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """The document a rule stands on: its file and the words in it."""

    document: str
    quotation: str


@dataclass(frozen=True)
class Reason:
    """One step of a decision: `code` finds the sentence, `facts` fill it, `row` and `source` name the rule."""

    code: str
    row: str
    source: Source
    facts: dict[str, object] = field(default_factory=dict)
