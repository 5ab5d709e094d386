"""The keys of an app whose certificate is accepted unchecked, so that the browser treats it as any other.

Chromium keeps nothing in its cache, and heeds no Strict-Transport-Security, where it merely overlooks what is wrong
with a certificate: going back and caching would then be judged by what no visitor's browser does. A key that it is told
of beforehand is in order for it.
"""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sessionward.audit.browser.fetch import tls_context
from sessionward.audit.browser.scope import Scope

SECONDS = 10.0
HTTPS = 443


async def keys_of(scope: Scope) -> tuple[str, ...]:
    """The SHA-256 of the public keys (SubjectPublicKeyInfo, RFC 5280) that the https origins in scope show, in Base64.

    Those that cannot be reached are left out.
    """
    origins = (urlsplit(text) for text in (scope.start, *scope.others))
    places = {(each.hostname, each.port or HTTPS) for each in origins if each.scheme == "https"}
    found = await asyncio.gather(*(_key_of(host, port) for host, port in sorted(places, key=str) if host))
    return tuple(sorted({key for key in found if key}))


async def _key_of(host: str, port: int) -> str:
    try:
        async with asyncio.timeout(SECONDS):
            _, writer = await asyncio.open_connection(host, port, ssl=tls_context(verify=False))
    except (OSError, TimeoutError, UnicodeError):  # the last for a name that no host can have
        return ""
    try:
        shown: ssl.SSLObject = writer.get_extra_info("ssl_object")
        return key_of(shown.getpeercert(binary_form=True) or b"")
    finally:
        writer.transport.abort()


def key_of(certificate: bytes) -> str:
    """The SHA-256 of the public key of a certificate in DER; empty where it is none."""
    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
    except (ValueError, UnsupportedAlgorithm):
        return ""
    return b64encode(
        sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    ).decode()
