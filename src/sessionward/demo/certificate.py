"""A certificate for this machine, made on the spot: nobody trusts it but who is told to."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sessionward.demo.server import LOOPBACK, Certificate

LIFETIME = timedelta(days=2)
SKEW = timedelta(minutes=5)


def make_certificate(directory: Path) -> Certificate:
    """A key on P-256 and a certificate of its own for 127.0.0.1 and localhost, as PEM files in `directory`.

    The key is for the user alone. Good for two days from now. Raises OSError where the files cannot be written.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sessionward demo")])
    names = [x509.IPAddress(ip_address(LOOPBACK)), x509.DNSName("localhost")]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(now + LIFETIME)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = Certificate(certificate=directory / "certificate.pem", key=directory / "key.pem")
    files.key.touch(mode=0o600)
    files.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    files.certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return files
