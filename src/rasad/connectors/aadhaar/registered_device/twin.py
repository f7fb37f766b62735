"""The twin of a Registered Device: a server at the terminal with verbs of its own, and a glass for fingers."""

import json
import threading
from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qsl

from cryptography.x509 import Certificate

from rasad.connectors.aadhaar import pid
from rasad.connectors.aadhaar.registered_device import documents
from rasad.connectors.aadhaar.registered_device.documents import CAPTURE_PATH, INFO_PATH, Status
from rasad.connectors.aadhaar.registered_device.glass import Finger, Glass
from rasad.connectors.aadhaar.registered_device.page import page
from rasad.connectors.twin import Request, Response, Twin
from rasad.values.month import INDIA

# Where a browser looks for it, one port after the other.
PORTS = range(11100, 11121)
VERBS = ("RDSERVICE", "DEVICEINFO", "CAPTURE", "OPTIONS")
XML, PLAIN, HTML = "text/xml; charset=utf-8", "text/plain", "text/html; charset=utf-8"
# A browser asks before it uses such a verb, and before a public page reaches into the machine.
ALLOWED = {
    "Access-Control-Allow-Methods": ", ".join((*VERBS, "GET", "POST")),
    "Access-Control-Allow-Headers": "Content-Type, Accept",
    "Access-Control-Allow-Private-Network": "true",
    "Access-Control-Max-Age": "600",
}


class RegisteredDeviceTwin(Twin):
    """A reader on 127.0.0.1, at the first free of the ports a browser tries, or at `port`."""

    verbs = VERBS

    def __init__(
        self,
        *,
        certificate: Certificate,
        port: int = 0,
        now: Callable[[], datetime] = lambda: datetime.now(INDIA),
    ) -> None:
        self.certificate, self.now = certificate, now
        self.glass = Glass()
        self.status: Status = "READY"
        self._failures: list[str] = []
        self._lock = threading.Lock()
        self._capturing = threading.Lock()
        self._at_first_free(port)

    def place(self, uid: str, finger: str = "LEFT_INDEX", is_good: bool = True) -> None:
        """Put a finger of a made-up person on the glass; it lies there until it is captured."""
        self.glass.place(Finger(uid, finger, is_good))

    def fail_captures(self, number: str = "730", *, times: int = 1) -> None:
        """Let the next captures fail with this number (700, 720, 730)."""
        with self._lock:
            self._failures += [number] * times

    def answer(self, request: Request) -> Response:
        """What the software at the terminal answers, for pages of any address."""
        response = self._answered(request)
        origin = request.headers.get("Origin", "*")
        return Response(
            response.body,
            response.status,
            response.content_type,
            {**response.headers, "Access-Control-Allow-Origin": origin, "Vary": "Origin"},
        )

    def capture(self, text: bytes) -> bytes:
        """The PidData for a PidOptions: waits for fingers on the glass as long as the options say."""
        if self.status == "NOTREADY":
            return documents.failure("720")
        with self._lock:
            failure = self._failures.pop(0) if self._failures else ""
        if failure:
            return documents.failure(failure)
        try:
            asked = documents.options(text)
        except documents.OptionsError as wrong:
            return documents.failure(wrong.number)
        if not self._capturing.acquire(blocking=False):
            return documents.failure("720")
        try:
            fingers = self.glass.take(asked.fingers, within=asked.within)
        finally:
            self._capturing.release()
        return self._sealed(asked, fingers) if fingers else documents.failure("700")

    def _sealed(self, asked: documents.Options, fingers: list[Finger]) -> bytes:
        ts = pid.stamp(self.now())
        clear = pid.written(
            ts=ts, bios=documents.bios(fingers, kind=asked.kind), otp=asked.otp, wadh=asked.wadh
        )
        return documents.capture(asked, pid.seal(clear, ts=ts, certificate=self.certificate))

    def _answered(self, request: Request) -> Response:
        match request.method, request.path:
            case "OPTIONS", _:
                return Response(b"", 204, PLAIN, ALLOWED)
            case "RDSERVICE", "/":
                return Response(documents.readiness(self._status_now()), content_type=XML)
            case "DEVICEINFO", path if path == INFO_PATH:
                return Response(documents.device_info(), content_type=XML)
            case "CAPTURE", path if path == CAPTURE_PATH:
                return Response(self.capture(request.body), content_type=XML)
            case "GET", "/":
                return Response(page(self.glass.lies(), self._status_now()), content_type=HTML)
            case "POST", "/place" | "/lift" | "/fail" | "/status":
                return self._told(request)
        return Response(b"no such verb here", 404, PLAIN)

    def _told(self, request: Request) -> Response:
        """An order of the person in training: from the page's form, or as JSON."""
        is_form = "json" not in request.headers.get("Content-Type", "")
        try:
            wish = dict(parse_qsl(request.body.decode())) if is_form else json.loads(request.body or b"{}")
            self._carry_out(request.path, wish)
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            return Response(json.dumps({"wrong": str(wrong)}).encode(), 400)
        if is_form:
            return Response(b"", 303, PLAIN, {"Location": "/"})
        return Response(json.dumps({"on_the_glass": len(self.glass.lies())}).encode())

    def _carry_out(self, path: str, wish: dict[str, object]) -> None:
        match path:
            case "/place":
                uid = str(wish.get("other_uid") or wish["uid"])
                is_good = wish.get("is_good", True) not in (False, "no", "false")
                self.place(uid, str(wish.get("finger", "LEFT_INDEX")), is_good)
            case "/lift":
                self.glass.lift()
            case "/fail":
                self.fail_captures(str(wish.get("code", "730")), times=int(str(wish.get("times", 1))))
            case "/status":
                wanted = wish["status"]
                if wanted not in ("READY", "NOTREADY", "USED"):
                    raise ValueError("READY, NOTREADY or USED")
                self.status = wanted

    def _status_now(self) -> Status:
        return "USED" if self._capturing.locked() else self.status

    def _at_first_free(self, port: int) -> None:
        for one in [port] if port else PORTS:
            try:
                super().__init__(port=one)
            except OSError:
                continue
            return
        raise OSError(f"no free port for the reader: {port or f'{PORTS[0]} to {PORTS[-1]}'}")
