"""Signed JSON Web Tokens as an attacker makes them (RFC 7515, RFC 7518): altered, unsigned, signed with a guessed key.

A token is found inside a value too, as in ``Bearer ey…`` or a percent-encoded cookie; the rest of the value stays.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sessionward.http.jwt import Jwt, parse_jwt

COMPACT = re.compile(r"ey[A-Za-z0-9_-]{4,}\.ey[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*")
HASHES = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}
"""The algorithms whose key both sides share (RFC 7518, section 3.2)."""
UNSIGNED = ("none", "None", "NONE")
"""Spellings that filters for “none” are known to miss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A JWT inside a value, with what stands before and after it."""

    jwt: Jwt
    compact: str = field(repr=False)
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)

    @property
    def algorithm(self) -> str:
        """The alg header (RFC 7515, section 4.1.1)."""
        return str(self.jwt.header.get("alg", ""))

    def whole(self, compact: str) -> str:
        """The value with this token in place of its own."""
        return f"{self.before}{compact}{self.after}"

    def altered(self, claims: Mapping[str, Any] | None = None) -> str:
        """The value with another signature of the same length, and other claims where they are given."""
        head, body, signature = self.compact.split(".")
        wrong = "".join("A" if c != "A" else "B" for c in signature[: len(signature) // 2])
        kept = body if claims is None else encoded(claims)
        return self.whole(f"{head}.{kept}.{wrong}{signature[len(wrong) :]}")

    def unsigned(self, spelling: str, claims: Mapping[str, Any]) -> str:
        """The value with an algorithm of none and an empty signature (RFC 7515, appendix A.5)."""
        header = {**self.jwt.header, "alg": spelling}
        return self.whole(f"{encoded(header)}.{encoded(claims)}.")

    def signed(self, key: bytes, claims: Mapping[str, Any]) -> str:
        """The value with these claims, signed with the key under its own header. Raises KeyError for a key pair's."""
        head = f"{self.compact.split('.')[0]}.{encoded(claims)}"
        return self.whole(f"{head}.{_b64(self._mac(key, head))}")

    def fits(self, key: bytes) -> bool:
        """Whether the key made its signature. False where the algorithm shares no key."""
        if self.algorithm not in HASHES:
            return False
        head, _, signature = self.compact.rpartition(".")
        return hmac.compare_digest(_b64(self._mac(key, head)), signature)

    def key_among(self, keys: Iterable[bytes]) -> bytes | None:
        """The key that made its signature, where it is one of these."""
        return next((key for key in keys if self.fits(key)), None)

    def _mac(self, key: bytes, signed: str) -> bytes:
        return hmac.new(key, signed.encode(), HASHES[self.algorithm]).digest()


def signed_token(value: str) -> Signed | None:
    """The JWT in the value, None where there is none."""
    found = COMPACT.search(value)
    jwt = parse_jwt(found[0]) if found else None
    if found is None or jwt is None:
        return None
    return Signed(jwt=jwt, compact=found[0], before=value[: found.start()], after=value[found.end() :])


def encoded(part: Mapping[str, Any]) -> str:
    """A header or claims as they stand in a token."""
    return _b64(json.dumps(part, separators=(",", ":"), ensure_ascii=False).encode())


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
