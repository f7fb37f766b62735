"""The two kinds of failure that are not bugs."""


class Refused(Exception):  # noqa: N818  the field's word: a refusal is an answer, not an error
    """An expected no. `code` finds its sentence in every language, `facts` fill it.

    The sentence lives in `web/refusals.py`; a house test checks that every code has one.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """As it travels from a process that prints to the one that asked for it."""
        return _again, (type(self), self.args), self.__dict__

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code


class OutsideError(Exception):
    """Another organisation's system failed. `permanent` says whether trying again can help."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent

    def __reduce__(self) -> tuple[object, ...]:
        """As `Refused`."""
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[Exception], args: tuple[object, ...]) -> Exception:
    """The same failure in another process, whatever its kind is made of."""
    return kind.__new__(kind, *args)
