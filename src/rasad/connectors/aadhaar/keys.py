"""Keys and certificates: read from files, and made in memory for the twins."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

# A twin's certificates hold through every year that training and tests are set to.
SINCE, UNTIL = datetime(2012, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Pair:
    """A private key with its certificate."""

    key: rsa.RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate

    def written(self) -> tuple[bytes, bytes]:
        """Key and certificate as PEM."""
        return (
            self.key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
            self.certificate.public_bytes(serialization.Encoding.PEM),
        )


def made(name: str, *, since: datetime = SINCE, until: datetime = UNTIL) -> Pair:
    """A fresh key with a certificate signed by itself: for twins and tests only."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .sign(key, hashes.SHA256())
    )
    return Pair(key, certificate)


def key_in(path: Path) -> rsa.RSAPrivateKey:
    """The RSA key in a PEM file. Raises ValueError if it holds another kind."""
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError(f"{path} holds no RSA key")
    return key


def certificate_in(path: Path) -> x509.Certificate:
    """The certificate in a PEM or DER file."""
    content = path.read_bytes()
    is_pem = content.lstrip().startswith(b"-----")
    return x509.load_pem_x509_certificate(content) if is_pem else x509.load_der_x509_certificate(content)


def public_key(certificate: x509.Certificate) -> rsa.RSAPublicKey:
    """The RSA key of a certificate. Raises ValueError if it holds another kind."""
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise ValueError("the certificate holds no RSA key")
    return key
