"""Requests that are wrong in one thing each, for the stories of UIDAI's checks."""

from base64 import b64encode
from datetime import timedelta

from rasad.connectors.aadhaar import pid, requests, xml
from rasad.connectors.aadhaar.captured import Captured
from rasad.connectors.aadhaar.registered_device.documents import DEVICE
from rasad.connectors.aadhaar.residents import template
from rasad.connectors.twin import Request
from tests.connectors.aadhaar.conftest import ASHA

LEFT = pid.Bio("FMR", "LEFT_INDEX", template(ASHA, "LEFT_INDEX"))
RIGHT = pid.Bio("FMR", "RIGHT_INDEX", template(ASHA, "RIGHT_INDEX"))


def sealed(twins, *, clear=None, bios=(LEFT,), at=timedelta(), kinds="FMR", device=None, **block):
    """What a reader gave: fingers or any text, sealed so long ago, told to be of these kinds."""
    ts = pid.stamp(twins.uidai.known.now() + at)
    clear = pid.written(ts=ts, bios=list(bios)) if clear is None else clear.format(ts=ts).encode()
    made = pid.seal(clear, ts=ts, certificate=twins.keys.opens.certificate)
    given = {"ci": made.ci, "skey": made.skey, "hmac": made.hmac, "data": made.data, **block}
    return Captured(device=DEVICE | (device or {}), kinds=kinds, **given)


def changed(captured, **parts):
    """The same capture with other parts."""
    return Captured(**{name: getattr(captured, name) for name in Captured.__slots__} | parts)


def auth(twins, captured, *, agency=None, uid=ASHA):
    """The signed Auth around it."""
    return requests.with_finger(agency or twins.agency, uid=uid, txn="T1", captured=captured)


def sent(twins, body, *, path=None):
    """The code the twin answers to a body."""
    response = twins.uidai.answer(Request("POST", path or requests.path(twins.agency, ASHA), {}, body))
    return xml.parsed(response.body).get("err", "")


def signed_again(twins, body, **attributes):
    """The Auth with other attributes, or without those that are None, signed once more."""
    root = xml.parsed(body)
    root.remove(next(one for one in root if xml.name(one) == "Signature"))
    for name, value in attributes.items():
        if value is None:
            del root.attrib[name]
        else:
            root.set(name, value)
    return xml.signed(root, key=twins.keys.agency.key, certificate=twins.keys.agency.certificate)


def text(content):
    """Bytes as they stand in XML."""
    return b64encode(content).decode()
