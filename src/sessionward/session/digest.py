"""Tokens, which only browsers keep, and their digests, which only we keep.

A token is 256 random bits, so an unkeyed hash of it cannot be searched: SHA-256 suffices and is the fastest.
"""

import hashlib
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import a2b_base64
from dataclasses import dataclass, field
from typing import Self

TOKEN_BYTES = 32
URL_SAFE = bytes.maketrans(b"-_", b"+/")
HANDLE_BYTES = 16
DIGEST_BYTES = 32
SHAPE = re.compile(rb"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")
"""43 characters of base64url; the last holds two bits of padding, so that each token has one spelling."""
ACCESS_SHAPE = re.compile(r"[A-Za-z0-9_-]{85}[AQgw]")
"""86 characters; the last holds four bits of padding."""


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
        return cls.spelled(text.encode("ascii", "replace"))

    @classmethod
    def spelled(cls, text: bytes) -> Self | None:
        """As `parse`, of text as it comes in a header."""
        if SHAPE.fullmatch(text) is None:
            return None
        return cls(a2b_base64(text.translate(URL_SAFE) + b"="))

    @property
    def text(self) -> str:
        """The token as it stands in a cookie."""
        return urlsafe_b64encode(self.secret).rstrip(b"=").decode("ascii")

    @property
    def digest(self) -> bytes:
        """What a store keeps instead of the token: 32 bytes."""
        return hashlib.sha256(self.secret).digest()

    def access(self) -> "AccessToken":
        """The access token that goes with this token as a refresh token; it leads back to nothing but its digest."""
        secret = hashlib.blake2b(self.secret, digest_size=TOKEN_BYTES, person=b"sw-access").digest()
        return AccessToken(root=self.digest, secret=secret)

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


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What opens a session from the Authorization header for a short time.

    `root` is the digest of the refresh token it was made with, by which the session is found; it opens nothing.
    `secret` is 32 bytes. Two who renew at once are handed the same refresh token, and so the same access token.
    """

    root: bytes
    secret: bytes = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The token spelled `text`, None for whatever we could not have handed out."""
        if ACCESS_SHAPE.fullmatch(text) is None:
            return None
        both = urlsafe_b64decode(f"{text}==")
        return cls(root=both[:TOKEN_BYTES], secret=both[TOKEN_BYTES:])

    @property
    def text(self) -> str:
        """The token as it stands in the header."""
        return urlsafe_b64encode(self.root + self.secret).rstrip(b"=").decode("ascii")

    @property
    def digest(self) -> bytes:
        """What a record keeps instead of the token: 32 bytes."""
        return hashlib.sha256(self.secret).digest()


def shown_digest(content: object) -> bytes:
    """The digest of what a subject was shown, for a permission that is bound to it: 32 bytes.

    `content` is anything that JSON can tell: the same content has the same digest, in whatever order its keys stand.

    Raises:
        TypeError: JSON cannot tell it.
        ValueError: it holds a number that is none (NaN, infinity).

    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.blake2b(text.encode("ascii"), digest_size=DIGEST_BYTES, person=b"sw-shown").digest()


def new_handle() -> str:
    """A public name for a session: 128 random bits, so that it cannot be guessed, though it opens nothing."""
    return secrets.token_hex(HANDLE_BYTES)
