"""What Meta tells of messages already sent: reading it, and knowing that it comes from Meta."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

State = Literal["sent", "delivered", "read", "failed"]
STATES: tuple[str, ...] = get_args(State)
SIGNATURE_HEADER = "X-Hub-Signature-256"
OBJECT, FIELD = "whatsapp_business_account", "messages"
# Meta's own limit.
LARGEST_BODY_BYTES = 3_000_000
_SIGNATURE = re.compile(r"sha256=([0-9a-f]{64})", re.ASCII)
_LAST_SECOND = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True)
class Status:
    """What became of a message. Reports may come twice, late, and in another order than they happened."""

    message_id: str
    status: State
    at: datetime
    # Of a failed one: Meta's code, for codes.py::code_of.
    code: int | None = None
    # What the sender gave along with the message.
    reference: str = ""

    @property
    def fingerprint(self) -> str:
        """What the message is known by here."""
        return fingerprint(self.message_id)

    def __repr__(self) -> str:
        return f"Status({self.fingerprint}, {self.status}, {self.at.isoformat()}, {self.code})"


def fingerprint(message_id: str) -> str:
    """A message's id as it may be logged and kept: Meta's own has the telephone's number in it, as base64."""
    return hashlib.sha256(message_id.encode()).hexdigest()[:32]


def signature(body: bytes, app_secret: bytes) -> str:
    """The header that goes with a body."""
    return "sha256=" + hmac.new(app_secret, body, hashlib.sha256).hexdigest()


def verified(body: bytes, signature_header: str, app_secret: bytes) -> bool:
    """Whether a body comes from Meta: the bytes as they arrived, before anything in them is read."""
    if not app_secret or not _SIGNATURE.fullmatch(signature_header):
        return False
    return hmac.compare_digest(signature_header, signature(body, app_secret))


def verify_token(app_secret: bytes) -> str:
    """The word that whoever registers our address with Meta types there."""
    return hmac.new(app_secret, b"webhook", hashlib.sha256).hexdigest()


def challenge(asked: Mapping[str, str], app_secret: bytes) -> str | None:
    """What Meta's question, whether the address is ours, is answered with; None when it is not Meta that asks."""
    given = asked.get("hub.verify_token", "").encode()
    told = asked.get("hub.challenge", "")
    if (
        not app_secret
        or asked.get("hub.mode") != "subscribe"
        or not re.fullmatch(r"[A-Za-z0-9_-]{1,200}", told)
    ):
        return None
    return told if hmac.compare_digest(given, verify_token(app_secret).encode()) else None


class _Body(BaseModel):
    object: str
    entry: list[Any] = []


class _Change(BaseModel):
    field: str
    value: dict[str, Any] = {}


class _Entry(BaseModel):
    changes: list[_Change] = []


class _Fault(BaseModel):
    code: int


class _Told(BaseModel):
    id: str = Field(min_length=1, max_length=512)
    status: str
    timestamp: int = Field(ge=0, le=_LAST_SECOND)
    errors: list[_Fault] = []
    biz_opaque_callback_data: str = Field("", max_length=512)


_ENTRIES, _STATUSES = TypeAdapter(list[_Entry]), TypeAdapter(list[_Told])


def statuses(body: bytes) -> list[Status]:
    """What became of messages, as a verified body tells it, in its order; none where it tells of other things.

    Raises ValueError, with the place and never with what stands there, for what cannot be read.
    """
    if len(body) > LARGEST_BODY_BYTES:
        raise ValueError(f"a report of WhatsApp has more than {LARGEST_BODY_BYTES} bytes")
    try:
        told = _Body.model_validate_json(body)
        entries = _ENTRIES.validate_python(told.entry) if told.object == OBJECT else []
        return [one for entry in entries for change in entry.changes for one in _read(change)]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "body"
        raise ValueError(f"a report of WhatsApp cannot be read: {place}: {first['type']}") from None


def _read(change: _Change) -> Iterator[Status]:
    """Of a change: Meta also reports what families write, and states we have no use for."""
    if change.field != FIELD:
        return
    for told in _STATUSES.validate_python(change.value.get("statuses", [])):
        if told.status in STATES:
            at = datetime.fromtimestamp(told.timestamp, UTC)
            failed = told.status == "failed" and told.errors
            yield Status(
                told.id,
                told.status,  # type: ignore[arg-type]  # one of the four
                at,
                told.errors[0].code if failed else None,
                told.biz_opaque_callback_data,
            )
