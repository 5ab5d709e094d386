"""Nonces that the server gives and keeps nothing of (RFC 9449, section 8).

A proof with one was made after the server gave it, so proofs cannot be made in advance for a later theft. The nonce
is a keyed hash of the present period: every process with the same key gives and knows the same ones.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

from sessionward.session.dpop.compact_jws import encoded

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Nonces:
    """The nonces under `key`, each given for `period` seconds and known for as long again.

    Raises:
        ValueError: the key is shorter than 32 bytes, or the period is not positive.

    """

    key: bytes = field(repr=False)
    period: float = 300.0

    def __post_init__(self) -> None:
        if len(self.key) < KEY_BYTES:
            raise ValueError("Nonces need a key of at least 32 random bytes, the same in all processes.")
        if not self.period > 0:
            raise ValueError("The period of nonces is a positive number of seconds.")

    def present(self, now: float) -> str:
        """The nonce to give at `now`, for the header DPoP-Nonce."""
        return self._of(int(now // self.period))

    def knows(self, text: str, now: float) -> bool:
        """Whether `text` is the nonce of this period or of the one before."""
        number = int(now // self.period)
        given = text.encode("utf-8", "replace")
        matches = [hmac.compare_digest(given, self._of(n).encode("ascii")) for n in (number, number - 1)]
        return any(matches)

    def _of(self, number: int) -> str:
        content = b"dpop nonce" + number.to_bytes(8, "big", signed=True)
        return encoded(hmac.digest(self.key, content, hashlib.sha256)[:24])
