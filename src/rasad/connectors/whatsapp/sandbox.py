"""The twin of WhatsApp: takes what Meta takes, keeps it for a telephone on the screen, reports what became of it."""

import base64
import hmac
import json
import secrets
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rasad.connectors.twin import Fault, Request, Response, Twin
from rasad.connectors.whatsapp.client import PDF
from rasad.connectors.whatsapp.codes import NO_SUCH_OBJECT, code_of
from rasad.connectors.whatsapp.page import phone, phones
from rasad.connectors.whatsapp.sandbox_checks import Asked, Refusal, read, refused
from rasad.connectors.whatsapp.sandbox_form import parts_of
from rasad.connectors.whatsapp.templates import Templates, ours
from rasad.connectors.whatsapp.webhook import FIELD, OBJECT, State, signature

__all__ = ["ACCOUNT", "Account", "Fault", "Sent", "WhatsAppTwin", "running"]

VERSION = "v21.0"
LARGEST_MEDIA_BYTES = 100_000_000
UNDELIVERABLE = 131026
_STATUS_OF = {0: 401, 190: 401, 3: 500, 10: 403, 131005: 403, 131031: 403, 131000: 500, 131016: 500}


@dataclass(frozen=True)
class Account:
    """The account the twin knows. Known to everybody: for this machine only."""

    token: str
    phone_id: str
    app_secret: bytes


ACCOUNT = Account(token="rasad-twin-token", phone_id="100000000008412", app_secret=b"rasad-twin-secret")


@dataclass(frozen=True)
class Sent:
    """What a telephone shows."""

    id: str
    mobile: str
    template: str
    language: str
    variables: tuple[str, ...]
    text: str
    media_id: str
    filename: str
    document: bytes = field(repr=False)
    reference: str
    at: datetime


class WhatsAppTwin(Twin):
    """Meta and every telephone. Messages and documents are in memory only."""

    def __init__(
        self, *, port: int = 0, account: Account = ACCOUNT, templates: Templates | None = None
    ) -> None:
        super().__init__(port=port)
        self._account = account
        self._templates = templates or ours()
        self._lock = threading.Lock()
        self._refusing: list[int] = []
        self.sent: list[Sent] = []
        self.media: dict[str, bytes] = {}
        # Of an account on trial: the numbers it may write to. None: all.
        self.allowed: set[str] | None = None

    @property
    def address(self) -> str:
        """What the client is given."""
        return f"{self.url}/{VERSION}"

    @property
    def settings(self) -> dict[str, str]:
        """By which an installation finds the twin."""
        return {
            "RASAD_WHATSAPP_URL": self.address,
            "RASAD_WHATSAPP_TOKEN": self._account.token,
            "RASAD_WHATSAPP_PHONE_ID": self._account.phone_id,
            "RASAD_WHATSAPP_APP_SECRET": self._account.app_secret.decode(),
        }

    def messages_for(self, mobile: str) -> list[Sent]:
        """What a telephone received, the oldest first."""
        with self._lock:
            return [one for one in self.sent if one.mobile == mobile]

    def refuse(self, code: int, *, times: int = 1) -> None:
        """Let the next requests be refused with a code of Meta's."""
        with self._lock:
            self._refusing += [code] * times

    def status_body(
        self, message_id: str, status: State, *, code: int = UNDELIVERABLE, at: datetime | None = None
    ) -> tuple[bytes, str]:
        """What Meta would report of a message: the body, and the header that signs it."""
        with self._lock:
            known = next((one for one in self.sent if one.id == message_id), None)
        told: dict[str, object] = {
            "id": message_id,
            "status": status,
            "timestamp": str(int((at or datetime.now(UTC)).timestamp())),
            "recipient_id": f"91{known.mobile}" if known else "",
        }
        if known and known.reference:
            told["biz_opaque_callback_data"] = known.reference
        if status == "failed":
            told["errors"] = [{"code": code, "title": code_of(code).means}]
        metadata = {"display_phone_number": "911800000000", "phone_number_id": self._account.phone_id}
        value = {"messaging_product": "whatsapp", "metadata": metadata, "statuses": [told]}
        change = {"field": FIELD, "value": value}
        body = json.dumps({"object": OBJECT, "entry": [{"id": "1", "changes": [change]}]}).encode()
        return body, signature(body, self._account.app_secret)

    def answer(self, request: Request) -> Response:
        """A telephone for a browser; an id or a code for who sends."""
        if request.method == "GET":
            return self._shown(request.path)
        refusal = self._closed(request)
        if refusal:
            return _failed(*refusal)
        return self._upload(request) if request.path.endswith("/media") else self._send(request)

    def _closed(self, request: Request) -> tuple[int, str] | tuple[int, str, int] | None:
        """Why nobody is let in, whatever is asked."""
        with self._lock:
            planned = self._refusing.pop(0) if self._refusing else None
        if planned is not None:
            return planned, "refused by the twin"
        given = _header(request, "authorization").encode()
        if not hmac.compare_digest(given, f"Bearer {self._account.token}".encode()):
            return 190, "Invalid OAuth access token."
        own = f"/{VERSION}/{self._account.phone_id}"
        if request.path not in (f"{own}/media", f"{own}/messages"):
            return 100, "Unsupported post request.", NO_SUCH_OBJECT
        return None

    def _upload(self, request: Request) -> Response:
        parts = parts_of(request.body, _header(request, "content-type"))
        file = parts.get("file")
        told = {name: part.text for name, part in parts.items() if name != "file"}
        if file is None or told != {"messaging_product": "whatsapp", "type": PDF} or file.content_type != PDF:
            return _failed(100, "Param file must be a file with one of the supported types")
        if not file.content.startswith(b"%PDF-") or len(file.content) > LARGEST_MEDIA_BYTES:
            return _failed(131053, "Media upload error")
        with self._lock:
            number = str(1_000_000_000_000_001 + len(self.media))
            self.media[number] = file.content
        return _json({"id": number})

    def _send(self, request: Request) -> Response:
        asked = read(request.body)
        if not isinstance(asked, Asked):
            return _failed(*asked)
        with self._lock:
            refusal: Refusal | None = refused(asked, self._templates, self.media.__contains__, self.allowed)
            if refusal:
                return _failed(*refusal)
            made = self._made(asked)
            self.sent.append(made)
        contact = {"input": asked.to, "wa_id": asked.to}
        taken = {"id": made.id, "message_status": "accepted"}
        return _json({"messaging_product": "whatsapp", "contacts": [contact], "messages": [taken]})

    def _made(self, asked: Asked) -> Sent:
        template = self._templates.template(asked.template.name, asked.template.language.code)
        document = asked.document
        if template is None or document is None:
            raise LookupError("a message that was looked at has a template and a document")
        return Sent(
            id=_id(asked.to),
            mobile=asked.to[2:],
            template=template.name,
            language=template.language,
            variables=asked.variables,
            text=template.filled(asked.variables),
            media_id=document.id,
            filename=document.filename,
            document=self.media[document.id],
            reference=asked.biz_opaque_callback_data,
            at=datetime.now(UTC),
        )

    def _shown(self, path: str) -> Response:
        with self._lock:
            received: dict[str, list[Sent]] = defaultdict(list)
            for one in self.sent:
                received[one.mobile].append(one)
            document = self.media.get(path.removeprefix("/document/"))
        if path.startswith("/document/") and document is not None:
            return Response(document, content_type=PDF)
        if path.startswith("/phone/"):
            mobile = path.removeprefix("/phone/")
            return _page(phone(mobile, received.get(mobile, [])))
        return _page(phones(received)) if path == "/" else Response(b"not found", 404, "text/plain")


def _id(to: str) -> str:
    """An id as Meta's are: the telephone's number is in it, and chance."""
    told = b"\x1c" + bytes([0x18, len(to)]) + to.encode() + b"\x15\x02\x00\x11\x18\x14"
    return "wamid." + base64.b64encode(told + secrets.token_hex(10).upper().encode() + b"\x00").decode()


def _header(request: Request, name: str) -> str:
    return next((value for told, value in request.headers.items() if told.lower() == name), "")


def _failed(code: int, details: str, subcode: int | None = None) -> Response:
    error: dict[str, object] = {
        "message": f"(#{code}) {details}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": details},
        "fbtrace_id": "Atwin",
    }
    if subcode is not None:
        error["error_subcode"] = subcode
    return _json({"error": error}, _STATUS_OF.get(code, 400))


def _json(told: dict[str, object], status: int = 200) -> Response:
    return Response(json.dumps(told).encode(), status, "application/json; charset=UTF-8")


def _page(text: str) -> Response:
    return Response(text.encode(), content_type="text/html; charset=utf-8")


@contextmanager
def running(
    *, port: int = 0, account: Account = ACCOUNT, templates: Templates | None = None
) -> Iterator[WhatsAppTwin]:
    """The twin on a port of this machine (0: any free one), gone at the end of the block."""
    with WhatsAppTwin(port=port, account=account, templates=templates) as twin:
        yield twin
