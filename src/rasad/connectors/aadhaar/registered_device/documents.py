"""What a Registered Device software says, in its XML, and how it reads what it is asked."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from rasad.connectors.aadhaar import pid, xml
from rasad.connectors.aadhaar.registered_device.glass import Finger

Status = Literal["READY", "NOTREADY", "USED"]
INFO_PATH, CAPTURE_PATH = "/rd/info", "/rd/capture"
LONGEST_SECONDS = 60.0
# The numbers of the specification this twin gives, with its words for them.
ERRORS = {
    "0": "Success",
    "100": "Invalid PidOptions input. XML should strictly adhere to spec.",
    "120": "Invalid value for fCount",
    "200": "Invalid value for pidVer",
    "210": "Protobuf format not supported",
    "700": "Capture timed out",
    "720": "Device not ready",
    "730": "Capture failed",
}
DEVICE = {
    "dpId": "RASAD.TWIN",
    "rdsId": "RASAD.TWIN.001",
    "rdsVer": "1.0.0",
    "dc": "7c9f0d52-0000-4000-8000-000000000001",
    "mi": "TWIN-L1",
    "mc": base64.b64encode(b"made-up certificate of a made-up reader").decode(),
}


@dataclass(frozen=True)
class Options:
    """What a capture is asked to be."""

    fingers: int
    kind: str
    within: float
    wadh: str = ""
    otp: str = field(repr=False, default="")


class OptionsError(ValueError):
    """Options that cannot be carried out. `number` is the device's error for it."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


def options(text: bytes) -> Options:
    """The options in a PidOptions. Raises OptionsError."""
    try:
        root = xml.parsed(text)
        told = xml.child(root, "Opts")
        if xml.name(root) != "PidOptions" or told is None:
            raise OptionsError("100")
        fingers, within = int(told.get("fCount", "1")), int(told.get("timeout", "10000")) / 1000
    except OptionsError:
        raise
    except ValueError:  # an UnreadableError, too
        raise OptionsError("100") from None
    if told.get("format", "0") != "0":
        raise OptionsError("210")
    if told.get("pidVer", "2.0") != "2.0":
        raise OptionsError("200")
    if not 1 <= fingers <= 10:
        raise OptionsError("120")
    return Options(
        fingers=fingers,
        kind=told.get("fType", "0"),
        within=min(max(within, 0), LONGEST_SECONDS),
        wadh=told.get("wadh", ""),
        otp=told.get("otp", ""),
    )


def readiness(status: Status) -> bytes:
    """The answer to RDSERVICE: whether it is ready, and where its two verbs are."""
    root = xml.root("", "RDService", {"status": status, "info": "Rasad: twin of a registered device"})
    xml.add(root, "Interface", {"id": "DEVICEINFO", "path": INFO_PATH})
    xml.add(root, "Interface", {"id": "CAPTURE", "path": CAPTURE_PATH})
    return xml.written(root)


def device_info() -> bytes:
    """The answer to DEVICEINFO."""
    root = xml.root("", "DeviceInfo", DEVICE)
    xml.add(root, "additional_info")
    return xml.written(root)


def failure(number: str) -> bytes:
    """A PidData that says why nothing was captured."""
    root = xml.root("", "PidData", {})
    xml.add(root, "Resp", {"errCode": number, "errInfo": ERRORS.get(number, "Failed")})
    return xml.written(root)


def capture(asked: Options, block: pid.Sealed) -> bytes:
    """A PidData with a sealed block."""
    root = xml.root("", "PidData", {})
    told = {
        "errCode": "0",
        "errInfo": ERRORS["0"],
        "fCount": str(asked.fingers),
        "fType": asked.kind,
        "nmPoints": ",".join(["32"] * asked.fingers),
        "qScore": ",".join(["78"] * asked.fingers),
    }
    xml.add(root, "Resp", told)
    xml.add(xml.add(root, "DeviceInfo", DEVICE), "additional_info")
    xml.add(root, "Skey", {"ci": block.ci}, text=block.skey)
    xml.add(root, "Hmac", text=block.hmac)
    xml.add(root, "Data", {"type": "X"}, text=block.data)
    return etree.tostring(root)


def bios(fingers: Sequence[Finger], *, kind: str) -> list[pid.Bio]:
    """The records of fingers for a PID block."""
    return [pid.Bio("FIR" if kind == "1" else "FMR", one.posh, one.record()) for one in fingers]
