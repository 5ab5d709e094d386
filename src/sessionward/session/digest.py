"""Tokens, which only browsers keep, and their digests, which only we keep.

A token is 256 random bits, so an unkeyed hash of it cannot be searched: SHA-256 suffices and is the fastest.
"""

import hashlib
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Self

TOKEN_BYTES = 32
HANDLE_BYTES = 16
SHAPE = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
"""43 characters of base64url; the last holds two bits of padding, so that each token has one spelling."""


@dataclass(frozen=True, slots=True)
class Token:
    """A secret of 32 bytes. It shows itself only where `text` is asked for."""

    secret: bytes = field(repr=False)

    @classmethod
    def mint(cls) -> Self:
        """A token that nobody knows yet."""
        return cls(secrets.token_bytes(TOKEN_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The token spelled `text`, None for whatever we could not have handed out."""
        if SHAPE.fullmatch(text) is None:
            return None
        return cls(urlsafe_b64decode(f"{text}="))

    @property
    def text(self) -> str:
        """The token as it stands in a cookie."""
        return urlsafe_b64encode(self.secret).rstrip(b"=").decode("ascii")

    @property
    def digest(self) -> bytes:
        """What a store keeps instead of the token: 32 bytes."""
        return hashlib.sha256(self.secret).digest()

    def seal(self, successor: "Token") -> bytes:
        """`successor` such that only the bearer of this token can read it.

        A one-time pad made from this token. A token has a single successor, so no pad is used twice.
        """
        return bytes(a ^ b for a, b in zip(self._pad(), successor.secret, strict=True))

    def unseal(self, sealed: bytes) -> "Token":
        """The successor that `seal` hid.

        Raises:
            ValueError: `sealed` has not the length of a token.

        """
        return Token(bytes(a ^ b for a, b in zip(self._pad(), sealed, strict=True)))

    def _pad(self) -> bytes:
        return hashlib.blake2b(self.secret, digest_size=TOKEN_BYTES, person=b"sw-successor").digest()


def new_handle() -> str:
    """A public name for a session: 128 random bits, so that it cannot be guessed, though it opens nothing."""
    return secrets.token_hex(HANDLE_BYTES)
