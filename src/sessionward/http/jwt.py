"""Reading a JSON Web Token (RFC 7519) without trusting it: no signature is checked here."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any

PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Jwt:
    """The two readable parts of a compact JWS. ``issued_at`` and ``expires`` are seconds since the epoch."""

    header: dict[str, Any]
    claims: dict[str, Any] = field(repr=False)

    @property
    def issued_at(self) -> float | None:
        """The iat claim (RFC 7519, section 4.1.6)."""
        return _number(self.claims.get("iat"))

    @property
    def expires(self) -> float | None:
        """The exp claim (RFC 7519, section 4.1.4)."""
        return _number(self.claims.get("exp"))


def parse_jwt(value: str) -> Jwt | None:
    """The token's header and claims, or None where the text is no JWT."""
    parts = value.split(".")
    if len(parts) != PARTS or not value.startswith("ey"):
        return None
    head, body = _object(parts[0]), _object(parts[1])
    if head is None or body is None or "alg" not in head:
        return None
    return Jwt(header=head, claims=body)


def _object(part: str) -> dict[str, Any] | None:
    try:
        decoded = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error):
        return None
    return decoded if isinstance(decoded, dict) else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
