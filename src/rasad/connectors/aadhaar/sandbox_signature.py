"""Is a request signed by the agency, and with the certificate it registered?"""

from base64 import b64decode

from cryptography import x509
from cryptography.x509 import Certificate

from rasad.connectors.aadhaar import xml


def signature(text: bytes, *, certificate: Certificate) -> str:
    """Empty for a good signature, 569 for none or a wrong one, 570 for another certificate's."""
    inside = _certificate_in(text)
    if inside is None:
        return "569"
    if inside != certificate:
        return "570"
    try:
        xml.verified(text, certificate=certificate)
    except (xml.UnsignedError, xml.UnreadableError):
        return "569"
    return ""


def _certificate_in(text: bytes) -> Certificate | None:
    """The certificate a signature carries with it."""
    for element in xml.parsed(text).iter():
        if isinstance(element.tag, str) and xml.name(element) == "X509Certificate":
            try:
                return x509.load_der_x509_certificate(b64decode("".join((element.text or "").split())))
            except ValueError:
                return None
    return None
