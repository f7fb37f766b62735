"""Both twins at once: UIDAI and a fingerprint reader, with fresh keys, and the client that asks them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rasad.connectors.aadhaar.captured import Captured, read
from rasad.connectors.aadhaar.client import AadhaarClient
from rasad.connectors.aadhaar.keys import Pair, made
from rasad.connectors.aadhaar.registered_device.twin import RegisteredDeviceTwin
from rasad.connectors.aadhaar.requests import Agency
from rasad.connectors.aadhaar.sandbox import UidaiTwin
from rasad.connectors.aadhaar.sandbox_known import Licensed
from rasad.values.month import INDIA

AUA, SUB_AUA, LICENCE, ASA_LICENCE, TERMINAL = "RASADAUA01", "RASADSUB01", "made-up-aua", "made-up-asa", "T1"
# What a browser sends to a reader: one finger, as minutiae, in a PID of version 2.0.
OPTIONS = (
    '<PidOptions ver="1.0"><Opts fCount="{fingers}" fType="0" iCount="0" pCount="0" format="0" pidVer="2.0" '
    'timeout="{timeout}" otp="" wadh="{wadh}" env="P"/></PidOptions>'
)


@dataclass(frozen=True)
class Keys:
    """The keys of one pair of twins: UIDAI's two, and the agency's."""

    opens: Pair = field(default_factory=lambda: made("twin of UIDAI, opens PID blocks"))
    signs: Pair = field(default_factory=lambda: made("twin of UIDAI, signs answers"))
    agency: Pair = field(default_factory=lambda: made("made-up agency"))


@dataclass(frozen=True)
class Twins:
    """Both twins, running."""

    uidai: UidaiTwin
    reader: RegisteredDeviceTwin
    keys: Keys = field(repr=False)
    agency: Agency = field(repr=False)

    def client(self) -> AadhaarClient:
        """A client that asks the twin of UIDAI."""
        return AadhaarClient(
            url=self.uidai.url,
            agency=self.agency,
            seals_with=self.keys.opens.certificate,
            answers_with=self.keys.signs.certificate,
            now=self.uidai.known.now,
        )

    def captured(
        self, uid: str, finger: str = "LEFT_INDEX", *, is_good: bool = True, wadh: str = ""
    ) -> Captured:
        """What the reader gives for one finger of a made-up person, without a browser between."""
        self.reader.place(uid, finger, is_good)
        return read(self.reader.capture(options(wadh=wadh)))

    def settings(self, folder: Path) -> dict[str, str]:
        """The settings by which an installation finds the twins; its keys are written into the folder."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key, certificate = self.keys.agency.written()
        files = {
            "RASAD_AADHAAR_KEY": (folder / "agency-key.txt", key),
            "RASAD_AADHAAR_CERTIFICATE": (folder / "agency-certificate.txt", certificate),
            "RASAD_AADHAAR_SEALS_WITH": (folder / "uidai-seals-with.txt", self.keys.opens.written()[1]),
            "RASAD_AADHAAR_ANSWERS_WITH": (folder / "uidai-answers-with.txt", self.keys.signs.written()[1]),
        }
        for path, content in files.values():
            path.touch(mode=0o600)
            path.write_bytes(content)
        told = {
            "RASAD_AADHAAR_URL": self.uidai.url,
            "RASAD_AADHAAR_AUA": AUA,
            "RASAD_AADHAAR_SUB_AUA": SUB_AUA,
            "RASAD_AADHAAR_LICENCE": LICENCE,
            "RASAD_AADHAAR_ASA_LICENCE": ASA_LICENCE,
            "RASAD_AADHAAR_TERMINAL": TERMINAL,
        }
        return told | {name: str(path) for name, (path, _) in files.items()}


def options(*, fingers: int = 1, timeout: int = 10_000, wadh: str = "") -> bytes:
    """The PidOptions of a browser."""
    return OPTIONS.format(fingers=fingers, timeout=timeout, wadh=wadh).encode()


@contextmanager
def running(
    *,
    port: int = 0,
    rd_port: int = 0,
    keys: Keys | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(INDIA),
) -> Iterator[Twins]:
    """Start both twins; they stop at the end of the block. Keys are made in memory unless given."""
    keys = keys or Keys()
    agency = Agency(AUA, SUB_AUA, LICENCE, ASA_LICENCE, TERMINAL, keys.agency)
    licensed = Licensed(AUA, LICENCE, frozenset({SUB_AUA}), frozenset({ASA_LICENCE}), keys.agency.certificate)
    uidai = UidaiTwin(agencies=[licensed], opens=keys.opens, signs=keys.signs, port=port, now=now)
    reader = RegisteredDeviceTwin(certificate=keys.opens.certificate, port=rd_port, now=now)
    with uidai, reader:
        yield Twins(uidai, reader, keys, agency)
