"""The twin of the SMS gateway: takes what the gateway takes, and keeps it for a telephone on the screen."""

import hmac
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs

from rasad.connectors.sms.client import ACCEPTED, Account, hashed_password, signature
from rasad.connectors.sms.page import phone, phones
from rasad.connectors.sms.templates import Template, Templates, ours
from rasad.connectors.twin import Fault, Request, Response, Twin

__all__ = ["ACCOUNT", "Fault", "Message", "SmsTwin", "running"]

PATH = "/esms/sendsmsrequestDLT"
# Known to everybody: for this machine only.
ACCOUNT = Account(username="rasad-twin", password="training", sender="RASADT", key="twin-secure-key")
_MOBILE = re.compile(r"(?:91)?([6-9]\d{9})")
_ENTITY = re.compile(r"&#(\d+);")
KINDS = {"singlemsg", "bulkmsg", "unicodemsg", "otpmsg", "unicodeotpmsg"}


@dataclass(frozen=True)
class Message:
    """What a telephone shows."""

    id: str
    mobile: str
    text: str
    sender: str
    template: str
    kind: str
    at: datetime


class SmsTwin(Twin):
    """The gateway and every telephone. Messages are in memory only."""

    def __init__(
        self, *, port: int = 0, account: Account = ACCOUNT, templates: Templates | None = None
    ) -> None:
        super().__init__(port=port)
        self._account = account
        self._templates = templates or ours()
        self._messages: dict[str, list[Message]] = defaultdict(list)
        self._taken = 0
        self._lock = threading.Lock()
        self._refusing: list[str] = []

    @property
    def address(self) -> str:
        """Where messages are posted to."""
        return self.url + PATH

    def messages_for(self, mobile: str) -> list[Message]:
        """What a telephone received, the oldest first."""
        with self._lock:
            return list(self._messages[mobile])

    def refuse(self, code: str, *, times: int = 1) -> None:
        """Let the next messages be refused with a code of the gateway."""
        with self._lock:
            self._refusing += [code] * times

    def answer(self, request: Request) -> Response:
        """A telephone for a browser; a receipt or a code for who sends."""
        if request.method == "GET":
            return self._shown(request.path)
        if request.path != PATH:
            return _plain("not found", 404)
        fields = parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True)
        return _plain(self._said({name: values[0] for name, values in fields.items()}))

    def _said(self, form: dict[str, str]) -> str:
        with self._lock:
            planned = self._refusing.pop(0) if self._refusing else None
        template = self._templates.by_id(form.get("templateid", ""))
        code = planned or self._refused(form, template)
        if code or template is None:
            return f"ERROR : {code or '414'} refused by the twin\r\n"
        text = _text(form)
        with self._lock:
            for mobile in _mobiles(form):
                self._taken += 1
                number = f"{datetime.now(UTC):%d%m%Y}{self._taken:012d}{self._account.username}"
                self._messages[mobile].append(
                    Message(
                        number,
                        mobile,
                        text,
                        form["senderid"],
                        str(template),
                        form["smsservicetype"],
                        datetime.now(UTC),
                    )
                )
        return f"{ACCEPTED},MsgID = {number}\r\n"

    def _refused(self, form: dict[str, str], template: Template | None) -> str | None:
        """The code for what is wrong, in the order in which the gateway looks; None when all is well."""
        account, kind = self._account, form.get("smsservicetype", "")
        mobiles, text = _mobiles(form), _text(form)
        known = (form.get("username"), form.get("password")) == (
            account.username,
            hashed_password(account.password),
        )
        checks = (
            ("401", known and kind in KINDS),
            ("411", form.get("senderid") == account.sender),
            ("425", bool(form.get("key"))),
            ("416", hmac.compare_digest(form.get("key", ""), signature(account, form.get("content", "")))),
            ("423", re.fullmatch(r"\d{12}|\d{19}", form.get("templateid", "")) is not None),
            ("406", bool(mobiles)),
            ("417", "otp" not in kind or len(mobiles) <= 2),
            ("414", template is not None and template.is_of(text)),
            ("414", template is None or (template.kind == "otp") == ("otp" in kind)),
            ("414", text.isascii() or kind.startswith("unicode")),
        )
        return next((code for code, is_well in checks if not is_well), None)

    def _shown(self, path: str) -> Response:
        with self._lock:
            inbox = {mobile: list(messages) for mobile, messages in self._messages.items() if messages}
        if path.startswith("/phone/"):
            mobile = path.removeprefix("/phone/")
            return _page(phone(mobile, inbox.get(mobile, [])))
        return _page(phones(inbox)) if path == "/" else _plain("not found", 404)


def _mobiles(form: dict[str, str]) -> list[str]:
    told = form.get("mobileno") or form.get("bulkmobno") or ""
    found = [_MOBILE.fullmatch(one.strip()) for one in told.split(",")]
    return [one[1] for one in found if one] if all(found) else []


def _text(form: dict[str, str]) -> str:
    """The text a telephone shows: numbered characters are put together again."""
    content = form.get("content", "")
    if not form.get("smsservicetype", "").startswith("unicode"):
        return content
    units = b"".join(int(unit).to_bytes(2, "big") for unit in _ENTITY.findall(content))
    return units.decode("utf-16-be", "replace")


def _plain(text: str, status: int = 200) -> Response:
    return Response(text.encode(), status, "text/plain;charset=UTF-8")


def _page(text: str) -> Response:
    return Response(text.encode(), content_type="text/html; charset=utf-8")


@contextmanager
def running(
    *, port: int = 0, account: Account = ACCOUNT, templates: Templates | None = None
) -> Iterator[SmsTwin]:
    """The twin on a port of this machine (0: any free one), gone at the end of the block."""
    with SmsTwin(port=port, account=account, templates=templates) as twin:
        yield twin
