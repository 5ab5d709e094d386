"""JSON Web Tokens (RFC 7519) written by hand, as teams write them that find a library too much for three lines."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from sessionward.demo.home_made.token_scheme import Holder, TokenScheme
from sessionward.demo.people import reference_of

HEADER = {"alg": "HS256", "typ": "JWT"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebTokens:
    """Tokens that name their account. The session that they belong to must be alive besides."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    lifetime: float
    """Seconds until the end that a token states."""
    verifies: bool = True
    """Whether the signature is compared."""
    enforces_end: bool = True
    """Whether the end is looked at."""

    def scheme(self) -> TokenScheme:
        """These tokens for a clinic."""
        return TokenScheme(make=self.make, handle=self.handle, names=self.names)

    def make(self, holder: Holder | None) -> str:
        """A signed token of that account."""
        now = int(time.time())
        claims: dict[str, Any] = {"jti": secrets.token_hex(16), "iat": now, "exp": now + int(self.lifetime)}
        if holder is not None:
            claims["sub"] = reference_of(holder.id)
        signed = f"{encoded(json.dumps(HEADER).encode())}.{encoded(json.dumps(claims).encode())}"
        return f"{signed}.{self.signature(signed)}"

    def signature(self, signed: str) -> str:
        """HMAC with SHA-256 over header and claims."""
        return encoded(hmac.new(self.key, signed.encode("utf-8", "surrogatepass"), hashlib.sha256).digest())

    def claims(self, token: str) -> dict[str, Any]:
        """What a token says; nothing where it is not believed."""
        signed, _, signature = token.rpartition(".")
        expected = self.signature(signed)
        if self.verifies and not hmac.compare_digest(
            signature.encode("utf-8", "surrogatepass"), expected.encode()
        ):
            return {}
        try:
            claims = json.loads(decoded(signed.partition(".")[2]))
        except ValueError:
            return {}
        if not isinstance(claims, dict):
            return {}
        end = claims.get("exp")
        if self.enforces_end and not (isinstance(end, int) and time.time() < end):
            return {}
        return claims

    def handle(self, token: str) -> str:
        """The id of the token, under which the session is kept."""
        return str(self.claims(token).get("jti", ""))

    def names(self, token: str) -> str | None:
        """The subject."""
        subject = self.claims(token).get("sub")
        return subject if isinstance(subject, str) else None


def encoded(raw: bytes) -> str:
    """Base64 for addresses, without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes of such a text. Raises ValueError."""
    return base64.urlsafe_b64decode(text.encode("utf-8", "surrogatepass") + b"==")
