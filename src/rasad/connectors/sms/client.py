"""Sends a registered text to a telephone through the government's gateway."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import structlog

from rasad.connectors.calling import Line, Reply, UnreachedError, insist
from rasad.connectors.sms.codes import CODES, Code
from rasad.connectors.sms.templates import Template
from rasad.values.refused import OutsideError

log = structlog.get_logger(__name__)

ACCEPTED, SUBMITTED_LATE = "402", "409"
_OK = 200
_ID = re.compile(r"MsgID\s*=\s*(\S+)", re.I)
_CODE = re.compile(r"(?<!\d)(4\d\d)(?!\d)")
_MOBILE = re.compile(r"[6-9][0-9]{9}")


class NotTakenError(OutsideError):
    """The gateway does not take this message; others it may take."""


@dataclass(frozen=True)
class Account:
    """The department's account with the gateway. Shown without its secrets."""

    username: str
    password: str
    sender: str
    key: str

    def __repr__(self) -> str:
        return f"Account({self.username}, {self.sender})"


class SmsClient:
    """The gateway, for one account. Safe to use from several threads."""

    def __init__(self, url: str, account: Account) -> None:
        self._line = Line(system="SMS gateway", url=url)
        self._account = account

    def send(self, *, mobile: str, template: Template, variables: Mapping[str, str], within: float) -> str:
        """Send a text; the gateway's id of the message. It went to the gateway; whether it arrives is not known.

        Raises UnfitMessageError (a bug of ours, nothing was sent) and OutsideError; NotTakenError, which is permanent,
        when it is this number or text that the gateway does not take. After one that is not
        permanent the message may have gone out all the same: only what was never sent is tried again here.
        """
        if not _MOBILE.fullmatch(mobile):
            raise NotTakenError(f"{masked(mobile)} is no mobile number of India", permanent=True)
        body = urlencode(form(self._account, mobile, template, template.filled(variables))).encode()
        told = {"template": str(template), "to": masked(mobile)}
        try:
            reply = insist(lambda left: self._once(body, left), within=within, on=UnreachedError)
            number = _message_id(reply, f"{template} to {masked(mobile)}")
        except OutsideError as error:
            log.warning("sms.failed", **told, result=str(error))
            raise
        log.info("sms.sent", **told, result=number)
        return number

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _once(self, body: bytes, within: float) -> Reply:
        kind = "application/x-www-form-urlencoded"
        # The hash of a text of which only six digits are unknown would tell them.
        return self._line.post(
            self._line.path(""), content=body, headers={"Content-Type": kind}, within=within, is_secret=True
        )


def form(account: Account, mobile: str, template: Template, text: str) -> dict[str, str]:
    """The fields of the form. A text beyond ASCII is sent, and signed, as numbered characters."""
    is_plain = text.isascii()
    content = text if is_plain else entities(text)
    types = {
        ("otp", True): "otpmsg",
        ("otp", False): "unicodeotpmsg",
        ("notice", True): "singlemsg",
        ("notice", False): "unicodemsg",
    }
    service = types[template.kind, is_plain]
    return {
        "username": account.username,
        "password": hashed_password(account.password),
        "senderid": account.sender,
        "content": content,
        "smsservicetype": service,
        # Texts beyond ASCII go by the list of the gateway, even to one number.
        "bulkmobno" if service == "unicodemsg" else "mobileno": mobile,
        "key": signature(account, content),
        "templateid": template.id,
    }


def entities(text: str) -> str:
    """Each UTF-16 unit as `&#2352;`, as the gateway wants what is not ASCII."""
    units = text.encode("utf-16-be")
    return "".join(f"&#{high << 8 | low};" for high, low in zip(units[::2], units[1::2], strict=True))


def hashed_password(password: str) -> str:
    """The password as it is sent: SHA-1, not ours to choose."""
    return hashlib.sha1(password.encode("iso-8859-1"), usedforsecurity=False).hexdigest()


def signature(account: Account, content: str) -> str:
    """The key of one message."""
    told = account.username.strip() + account.sender.strip() + content.strip() + account.key.strip()
    return hashlib.sha512(told.encode()).hexdigest()


def masked(mobile: str) -> str:
    """A mobile number as it may be logged."""
    return "X" * max(len(mobile) - 4, 0) + mobile[-4:]


def _message_id(reply: Reply, what: str) -> str:
    if reply.status != _OK:
        is_ours = 400 <= reply.status < 500
        raise OutsideError(f"SMS gateway failed with status {reply.status}: {what}", permanent=is_ours)
    said = reply.body.decode("utf-8", "replace")
    found = _CODE.search(said)
    number = _ID.search(said)
    if found and found[1] == ACCEPTED and number:
        return number[1]
    if found and found[1] == SUBMITTED_LATE:
        # The operator was slow; the gateway submits it itself. Sent again, it would arrive twice.
        return number[1] if number else SUBMITTED_LATE
    if not found or found[1] == ACCEPTED:
        raise OutsideError(f"SMS gateway gave an answer we do not know: {what}", permanent=False)
    code = CODES.get(found[1], Code("unknown refusal", is_permanent=True))
    kind = NotTakenError if code.is_of_message else OutsideError
    raise kind(f"SMS gateway: {found[1]} {code.means}: {what}", permanent=code.is_permanent)
