"""Every exchange with another organisation's system is logged, whatever the level of the log (R-INT-18)."""

import hashlib
import logging

import structlog

NO_ANSWER = "no answer"
# A logger of its own, with a file of its own (settings): what was said to whom and when must be there when somebody
# asks, whatever else is logged.
NAME = "rasad.exchanges"
log = structlog.wrap_logger(
    logging.getLogger(NAME), wrapper_class=structlog.make_filtering_bound_logger("INFO")
)


def note_exchange(
    *,
    system: str,
    direction: str,
    path: str,
    said: bytes | None,
    answered: bytes | None,
    result: object,
    seconds: float,
) -> None:
    """Write down one exchange: by the hashes of what was said and answered, never by the words.

    `said` or `answered` None: not even its hash, as of a short code, which could be guessed from it. `direction`:
    out, where we ask; in, where we are asked. `result`: the status, or NO_ANSWER.
    """
    write_line = log.warning if result == NO_ANSWER else log.info
    write_line(
        "outside.exchange",
        system=system,
        direction=direction,
        path=path.partition("?")[0],
        digest=_hash(said),
        answer_digest=_hash(answered),
        result=result,
        seconds=round(seconds, 3),
    )


def _hash(body: bytes | None) -> str | None:
    """SHA-256 in groups of eight: a long run of digits in it would be taken out of the log as somebody's number."""
    if body is None:
        return None
    hexadecimal = hashlib.sha256(body).hexdigest()
    return ":".join(hexadecimal[place : place + 8] for place in range(0, len(hexadecimal), 8))
