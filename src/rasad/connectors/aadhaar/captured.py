"""What a registered device gave: sealed for UIDAI, opaque to everybody on the way, never printed."""

from collections.abc import Mapping

from lxml import etree

from rasad.connectors.aadhaar import xml
from rasad.values.refused import Refused

DEVICE = ("dpId", "rdsId", "rdsVer", "dc", "mi", "mc")
# A PidData is some 10 KB; one of ten fingers below 100.
LARGEST_BYTES = 400_000
KINDS = {"0": "FMR", "1": "FIR", "2": "FMR,FIR"}


class Captured:
    """A PidData of a registered device. Its text, in a log or a traceback, is the word for it only.

    No dataclass: what turns those into dictionaries or JSON finds nothing here.
    """

    __slots__ = ("ci", "data", "data_type", "device", "hmac", "kinds", "skey")

    def __init__(
        self,
        *,
        device: Mapping[str, str],
        ci: str,
        skey: str,
        hmac: str,
        data: str,
        data_type: str = "X",
        kinds: str = "FMR",
    ) -> None:
        self.device, self.ci, self.skey, self.hmac, self.data = dict(device), ci, skey, hmac, data
        self.data_type, self.kinds = data_type, kinds

    def __repr__(self) -> str:
        return "Captured()"

    def __reduce__(self) -> str:
        raise TypeError("what was captured is used once and kept nowhere")


def read(text: str | bytes) -> Captured:
    """The capture in a PidData. Raises Refused("capture_failed" or "capture_unreadable")."""
    content = text.encode() if isinstance(text, str) else text
    if len(content) > LARGEST_BYTES:
        raise Refused("capture_unreadable")
    try:
        root = xml.parsed(content)
    except xml.UnreadableError:
        raise Refused("capture_unreadable") from None
    answer = xml.child(root, "Resp")
    if xml.name(root) != "PidData" or answer is None:
        raise Refused("capture_unreadable")
    if answer.get("errCode") != "0":
        raise Refused("capture_failed", number=_short(answer.get("errCode", "")))
    return _captured(root, answer)


def _captured(root: etree._Element, answer: etree._Element) -> Captured:
    device, skey, data = (xml.child(root, local) for local in ("DeviceInfo", "Skey", "Data"))
    if device is None or skey is None or data is None:
        raise Refused("capture_unreadable")
    found = Captured(
        device={name: device.get(name, "") for name in DEVICE},
        ci=skey.get("ci", ""),
        skey=xml.text_in(root, "Skey"),
        hmac=xml.text_in(root, "Hmac"),
        data=xml.text_in(root, "Data"),
        data_type=data.get("type", "X"),
        kinds=KINDS.get(answer.get("fType", "0"), "FMR"),
    )
    if not (found.ci and found.skey and found.hmac and found.data):
        raise Refused("capture_unreadable")
    return found


def _short(code: str) -> str:
    """Only what looks like a device's number is passed on: the text comes from a browser."""
    return code if code.isascii() and code.isdigit() and len(code) <= 4 else "?"
