"""UIDAI's XML: read without surprises, signed, and verified against one certificate."""

import logging

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509 import Certificate
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.signer import XMLSigner
from signxml.verifier import SignatureConfiguration, XMLVerifier

AUTH = "http://www.uidai.gov.in/authentication/uid-auth-request/2.0"
PID = "http://www.uidai.gov.in/authentication/uid-auth-request-data/2.0"
OTP = "http://www.uidai.gov.in/authentication/otp/1.0"
KYC = "http://www.uidai.gov.in/kyc/uid-kyc-request/1.0"
DEEPEST = 12
# When it may tell details, signxml tells the whole document, with the person's number in it.
logging.getLogger("signxml").setLevel(logging.WARNING)
# One signature, over the whole document, of the kind UIDAI prescribes: anything else is not its signature.
EXPECTED = SignatureConfiguration(
    location="./",
    signature_methods=frozenset({SignatureMethod.RSA_SHA256}),
    digest_algorithms=frozenset({DigestAlgorithm.SHA256}),
)


class UnreadableError(ValueError):
    """A text that is no XML, or XML of a kind that is never sent here."""


class UnsignedError(ValueError):
    """A document whose signature is missing, or not of the one whose certificate was given."""


def parsed(text: bytes) -> etree._Element:
    """The root of a document. Raises UnreadableError; no entity is resolved, nothing is fetched, no DTD is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        document = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        # The parser's own complaint is dropped: it may quote the document.
        raise UnreadableError("not well-formed") from None
    if document.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("has a document type")
    if _depth(document) > DEEPEST:
        raise UnreadableError("nested too deep")
    return document


def root(namespace: str, local: str, attributes: dict[str, str]) -> etree._Element:
    """The root of a new document in a namespace, or in none."""
    if not namespace:
        return etree.Element(local, attributes)
    return etree.Element(f"{{{namespace}}}{local}", attributes, nsmap={None: namespace})  # type: ignore[dict-item]


def add(
    parent: etree._Element, local: str, attributes: dict[str, str] | None = None, text: str = ""
) -> etree._Element:
    """A new child in the namespace of its parent."""
    namespace = etree.QName(parent).namespace
    made = etree.SubElement(parent, f"{{{namespace}}}{local}" if namespace else local, attributes or {})
    made.text = text or None
    return made


def name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def child(element: etree._Element, local: str) -> etree._Element | None:
    """The first child of that name, in whatever namespace: field clients differ."""
    return next((one for one in element if isinstance(one.tag, str) and name(one) == local), None)


def text_in(element: etree._Element, local: str) -> str:
    """The text of the first child of that name; empty without it."""
    found = child(element, local)
    return "" if found is None else (found.text or "").strip()


def written(element: etree._Element) -> bytes:
    """A document as it goes over the wire."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def signed(element: etree._Element, *, key: RSAPrivateKey, certificate: Certificate) -> bytes:
    """The document with its enveloped signature (RSA, SHA-256), as bytes."""
    signer = XMLSigner(
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    return written(signer.sign(element, key=key, cert=[certificate]))


def verified(text: bytes, *, certificate: Certificate) -> etree._Element:
    """What was really signed with this certificate's key. Raises UnsignedError or UnreadableError."""
    document = parsed(text)
    try:
        result = XMLVerifier().verify(document, x509_cert=certificate, expect_config=EXPECTED)
    except (SignXMLException, etree.LxmlError, ValueError) as wrong:
        raise UnsignedError("the signature does not hold") from wrong
    answer = result[0] if isinstance(result, list) else result
    # Only what the signature covers may be believed, and it must be the whole document.
    if answer.signed_xml is None or answer.signed_xml.tag != document.tag:
        raise UnsignedError("the signature covers something else")
    return answer.signed_xml


def _depth(document: etree._Element) -> int:
    deepest, level = 0, 0
    for event, _ in etree.iterwalk(document, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest
