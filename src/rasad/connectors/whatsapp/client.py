"""Sends a document to a telephone through WhatsApp, under a text registered with Meta."""

import json
import re
from collections.abc import Sequence

import httpx
import structlog
from pydantic import BaseModel, Field, ValidationError

from rasad.connectors.calling import Line, Reply, UnreachedError, insist
from rasad.connectors.sms.client import masked
from rasad.connectors.whatsapp.codes import CODES, NO_SUCH_OBJECT, About, code_of
from rasad.connectors.whatsapp.templates import check_document, check_filename, check_reference, check_text
from rasad.connectors.whatsapp.webhook import fingerprint
from rasad.values.refused import OutsideError

log = structlog.get_logger(__name__)

PDF = "application/pdf"
LARGEST_REPLY_BYTES = 100_000
_OK, _TIME_OUT, _TOO_MANY, _FAILS = 200, 408, 429, 500
_INVALID = 100
_MOBILE = re.compile(r"[6-9][0-9]{9}")
_A_DOCUMENT = "a document to be sent"


class NotDeliverableError(OutsideError):
    """WhatsApp does not take this message, or not for this number; others it may take. Nothing was sent."""

    def __init__(self, message: str, *, code: int | None) -> None:
        super().__init__(message, permanent=True)
        # Meta's; none when we saw it ourselves.
        self.code = code


class AccountError(OutsideError):
    """WhatsApp does not serve our account, for good or for a while. Nothing was sent, and no other would be."""

    def __init__(self, message: str, *, code: int | None, permanent: bool) -> None:
        super().__init__(message, permanent=permanent)
        self.code = code


class WhatsAppClient:
    """WhatsApp, for one sending number of the department's. Safe to use from several threads."""

    def __init__(self, url: str, token: str, phone_id: str) -> None:
        self._line = Line(system="WhatsApp", url=url)
        self._token = token
        self._phone_id = phone_id

    def __repr__(self) -> str:
        return f"WhatsAppClient({self._phone_id})"

    def upload(self, pdf: bytes, filename: str, *, within: float) -> str:
        """Lay a PDF down with Meta, for thirty days; the id by which messages send it, one or many.

        Raises UnfitMessageError (a bug of ours, nothing was sent) and OutsideError. It is tried again while there
        is time: a document that lies there twice harms nobody.
        """
        check_document(pdf)
        check_filename(filename)
        body, kind = multipart(pdf, filename)

        def once(left: float) -> Reply:
            reply = self._post("media", body, kind, left)
            if reply.status >= _FAILS:
                raise failure(reply, _A_DOCUMENT)
            return reply

        try:
            number = _media_id(insist(once, within=within))
        except OutsideError as error:
            log.warning("whatsapp.not_uploaded", bytes=len(pdf), result=str(error))
            raise
        log.info("whatsapp.uploaded", bytes=len(pdf), result=number)
        return number

    def send_document(
        self,
        *,
        mobile: str,
        template: str,
        language: str,
        variables: Sequence[str],
        media_id: str,
        filename: str,
        within: float,
        reference: str = "",
    ) -> str:
        """Send a document; Meta's id of the message. Meta took it; what becomes of it, it reports (webhook.py).

        `reference` comes back with these reports, also when the answer with the id is lost. Meta's id has the
        telephone's number in it: log and keep `webhook.fingerprint` of it.

        Raises UnfitMessageError (a bug of ours); NotDeliverableError for this number or message; AccountError for
        all of them; UnreachedError when nothing was sent. After any other OutsideError the message may have gone
        out: only what was never sent is tried again here.
        """
        if not _MOBILE.fullmatch(mobile):
            raise NotDeliverableError(f"{masked(mobile)} is no mobile number of India", code=None)
        check_text(template, language, variables)
        check_filename(filename)
        check_reference(reference)
        told = message(mobile, template, language, variables, media_id, filename, reference)
        body = json.dumps(told).encode()
        shown = {"template": f"{template}.{language}", "to": masked(mobile)}
        try:
            reply = insist(
                lambda left: self._post("messages", body, "application/json", left),
                within=within,
                on=UnreachedError,
            )
            number = _message_id(reply, f"{template}.{language} to {masked(mobile)}")
        except OutsideError as error:
            log.warning("whatsapp.failed", **shown, result=str(error))
            raise
        log.info("whatsapp.sent", **shown, result=fingerprint(number))
        return number

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _post(self, node: str, body: bytes, kind: str, within: float) -> Reply:
        # Of a message only the ten digits are unknown to whoever knows the text: its hash would tell them.
        return self._line.ask(
            "POST",
            self._line.path(f"/{self._phone_id}/{node}"),
            content=body,
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": kind},
            within=within,
            is_secret=True,
            largest=LARGEST_REPLY_BYTES,
        )


def multipart(pdf: bytes, filename: str) -> tuple[bytes, str]:
    """The form with the document, and its type with the boundary."""
    request = httpx.Request(
        "POST",
        "http://form",
        data={"messaging_product": "whatsapp", "type": PDF},
        files={"file": (filename, pdf, PDF)},
    )
    return request.read(), request.headers["Content-Type"]


def message(
    mobile: str,
    template: str,
    language: str,
    variables: Sequence[str],
    media_id: str,
    filename: str,
    reference: str = "",
) -> dict[str, object]:
    """A message as Meta wants it."""
    document = {"type": "document", "document": {"id": media_id, "filename": filename}}
    components: list[dict[str, object]] = [{"type": "header", "parameters": [document]}]
    if variables:
        texts = [{"type": "text", "text": value} for value in variables]
        components.append({"type": "body", "parameters": texts})
    told: dict[str, object] = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": f"91{mobile}",
        "type": "template",
        "template": {"name": template, "language": {"code": language}, "components": components},
    }
    if reference:
        told["biz_opaque_callback_data"] = reference
    return told


class _Error(BaseModel):
    code: int
    error_subcode: int | None = None
    is_transient: bool = False


class _Failed(BaseModel):
    error: _Error


class _Media(BaseModel):
    id: str = Field(pattern=r"^[0-9A-Za-z_.:=-]+$", max_length=256)


class _Message(BaseModel):
    id: str = Field(pattern=r"^[!-~]+$", max_length=512)


class _Taken(BaseModel):
    messages: list[_Message] = Field(min_length=1)


def failure(reply: Reply, what: str) -> OutsideError:
    """What is wrong, as an answer tells it: by Meta's code, else by the status. Never in Meta's own words."""
    try:
        told = _Failed.model_validate_json(reply.body).error
    except ValidationError:
        return _failure_by_status(reply.status, what)
    number = told.code
    if number == _INVALID and told.error_subcode == NO_SUCH_OBJECT:
        number = NO_SUCH_OBJECT
    code = code_of(number)
    said = f"WhatsApp: {number} {code.means}: {what}"
    passes = number not in CODES and (told.is_transient or reply.status >= _FAILS)
    if code.about == About.META or passes:
        return OutsideError(said, permanent=False)
    if code.is_of_account:
        return AccountError(said, code=number, permanent=code.is_permanent)
    return NotDeliverableError(said, code=number)


def _failure_by_status(status: int, what: str) -> OutsideError:
    if status < 300:
        return OutsideError(f"WhatsApp gave an answer we do not know: {what}", permanent=False)
    said = f"WhatsApp failed with status {status}: {what}"
    if status >= _FAILS or status == _TIME_OUT:
        return OutsideError(said, permanent=False)
    return AccountError(said, code=None, permanent=status != _TOO_MANY)


def _media_id(reply: Reply) -> str:
    if reply.status == _OK:
        try:
            return _Media.model_validate_json(reply.body).id
        except ValidationError:
            pass
    raise failure(reply, _A_DOCUMENT)


def _message_id(reply: Reply, what: str) -> str:
    if reply.status == _OK:
        try:
            return _Taken.model_validate_json(reply.body).messages[0].id
        except ValidationError:
            pass
    raise failure(reply, what)
