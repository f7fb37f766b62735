"""A message of another system as one of our forms."""

from typing import TypeVar

import msgspec

Form = TypeVar("Form")


def decoded(body: bytes, form: type[Form]) -> Form:
    """The message. Raises msgspec.DecodeError for whatever is none: bytes that are no text, nesting without end."""
    try:
        return msgspec.json.decode(body, type=form)
    except (UnicodeDecodeError, RecursionError) as error:
        raise msgspec.DecodeError(str(error)) from error
