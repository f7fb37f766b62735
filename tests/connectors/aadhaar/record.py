"""Records the replies anew: `python -m tests.connectors.aadhaar.record`. Made-up and published people only."""

from pathlib import Path

from rasad.connectors.aadhaar import requests, twins
from rasad.connectors.aadhaar.registered_device import documents
from rasad.connectors.twin import Request
from tests.connectors.aadhaar.conftest import ASHA, WITHOUT_MOBILE

FOLDER = Path(requests.__file__).with_name("recorded")


def main() -> None:
    """Write every reply, and the certificate that its signature holds against."""
    with twins.running() as both:
        (FOLDER / "certificate.txt").write_bytes(both.keys.signs.written()[1])
        for name, content in {**_auths(both), **_codes(both), **_kycs(both), **_reader(both)}.items():
            (FOLDER / f"{name}.xml").write_bytes(content)


def _asked(both, body, *, uid=ASHA, before=""):
    return both.uidai.answer(Request("POST", before + requests.path(both.agency, uid), {}, body)).body


def _auth(both, *, code="", is_good=True, txn="T1", wadh=""):
    both.uidai.behave(ASHA, code=code, times=1)
    captured = both.captured(ASHA, is_good=is_good, wadh=wadh)
    return requests.with_finger(both.agency, uid=ASHA, txn=txn, captured=captured)


def _auths(both):
    found = {"auth_matched": _asked(both, _auth(both)), "auth_300": _asked(both, _auth(both, is_good=False))}
    return found | {
        f"auth_{code}": _asked(both, _auth(both, code=code)) for code in ("330", "811", "998", "NA")
    }


def _codes(both):
    def sent(uid):
        body = requests.for_otp(both.agency, uid=uid, txn="T1", at=both.uidai.known.now())
        return _asked(both, body, uid=uid, before="/otp")

    return {"otp_sent": sent(ASHA), "otp_112": sent(WITHOUT_MOBILE)}


def _kycs(both):
    def asked(**given):
        auth = _auth(both, txn="UKC:T1", wadh=requests.wadh("finger"), **given)
        return _asked(both, requests.for_kyc(auth, proof="finger"), before="/kyc")

    return {"kyc_matched": asked(), "kyc_K-100": asked(is_good=False), "kyc_K-200": asked(code="K-200")}


def _reader(both):
    both.reader.place(ASHA)
    return {
        "reader_ready": documents.readiness("READY"),
        "reader_info": documents.device_info(),
        "reader_captured": both.reader.capture(twins.options()),
        "reader_700": documents.failure("700"),
    }


if __name__ == "__main__":
    main()
