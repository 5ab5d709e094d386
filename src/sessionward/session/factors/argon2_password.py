"""Passwords, kept as Argon2id hashes (RFC 9106).

Hashing takes 50 to 200 ms and 64 MiB on purpose. In an event loop it belongs into a thread:
`await asyncio.to_thread(passwords.check, kept, typed)`.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.profiles import RFC_9106_LOW_MEMORY

from sessionward.session.call import Steps
from sessionward.session.factors.factor import Challenge, Disproved, Proved, Response
from sessionward.session.state import Subject

LONGEST = 4096
"""Bytes of a password that is looked at; far more than the 64 characters that NIST SP 800-63B-4 has us allow."""
PEPPER_BYTES = 32


class Unsuitable(ValueError):
    """A new password that is not taken. The sentence is for the person who chose it, and does not repeat it."""


class Passwords:
    """The factor `password`; `kept` is the hash, one line of text.

    `minimum` characters are asked of a new password: 15 where it is the only factor, 8 beside another (NIST SP
    800-63B-4). `known` says whether a new one is known from breaches or too close to the app's own name; there are
    no rules on kinds of characters, and no expiry, as the same standard has it. `pepper`, at least 32 random bytes
    kept apart from the hashes, makes a stolen list of hashes useless on its own; it cannot be changed later without
    new passwords. `hasher` has other costs than RFC 9106's second choice (3 passes, 64 MiB, 4 lanes).

    Raises:
        ValueError: the pepper is too short, or the minimum below 8.

    """

    def __init__(
        self,
        *,
        minimum: int = 15,
        known: Callable[[str], bool] | None = None,
        pepper: bytes | None = None,
        hasher: PasswordHasher | None = None,
    ) -> None:
        if pepper is not None and len(pepper) < PEPPER_BYTES:
            raise ValueError("A pepper for passwords is at least 32 random bytes.")
        if minimum < 8:  # noqa: PLR2004 - the least of NIST SP 800-63B-4, and of ASVS 6.2.1
            raise ValueError("A password has at least 8 characters (NIST SP 800-63B-4).")
        self._minimum = minimum
        self._known = known
        self._pepper = pepper
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._nobodys = self._hasher.hash(secrets.token_bytes(32))

    @property
    def name(self) -> str:
        """See `Factor.name`."""
        return "password"

    def new(self, password: str) -> str:
        """The hash to keep of a new password.

        Raises:
            Unsuitable: it is too short, too long, or known.

        """
        material = self._material(password)
        if material is None:
            raise Unsuitable("The password is too long.")
        if len(unicodedata.normalize("NFC", password)) < self._minimum:
            raise Unsuitable(f"The password needs at least {self._minimum} characters.")
        if self._known is not None and self._known(password):
            raise Unsuitable("The password is known from elsewhere; choose another one.")
        return self._hasher.hash(material)

    def check(self, kept: str | None, password: str) -> Proved[str] | Disproved:
        """Whether `password` is the one whose hash is `kept`; None for an account that does not exist.

        For that a hash of nobody's password is checked, so that the time it takes tells nothing.
        """
        material = self._material(password)
        if material is None:
            return Disproved.WRONG
        try:
            self._hasher.verify(self._nobodys if kept is None else kept, material)
        except InvalidHashError:
            raise ValueError("What is kept for this password is no Argon2 hash.") from None
        except Argon2Error:
            return Disproved.WRONG
        if kept is None:
            return Disproved.WRONG
        stale = self._hasher.check_needs_rehash(kept)
        return Proved(method=self.name, replace=self._hasher.hash(material) if stale else None)

    def begin(self, subject: Subject, kept: str | None, now: float) -> Challenge:
        """See `Factor.begin`."""
        del subject, kept, now
        return Challenge(shown={})

    def finish(
        self, subject: Subject, kept: str | None, response: Response, now: float
    ) -> Steps[Proved[str] | Disproved]:
        """See `Factor.finish`. Blocks while it hashes: see `check`."""
        del subject, now
        yield from ()
        return self.check(kept, response.text)

    def _material(self, password: str) -> bytes | None:
        """The bytes to hash, None where there are too many.

        One spelling for what looks and is typed the same on all devices: NFC, as in RFC 8265, section 4.2, which
        unlike NFKC makes no two characters one.
        """
        if len(password) > LONGEST:
            return None
        content = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
        if len(content) > LONGEST:
            return None
        return content if self._pepper is None else hmac.digest(self._pepper, content, hashlib.sha256)
