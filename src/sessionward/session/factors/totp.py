"""Codes from an authenticator app (TOTP, RFC 6238), each good for one use."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urlencode

from sessionward.session.call import ConsumeOnce, Steps
from sessionward.session.factors.factor import Challenge, Disproved, Proved, Response
from sessionward.session.state import Subject

Algorithm = Literal["sha1", "sha256", "sha512"]
SIZES: Mapping[str, int] = {"sha1": 20, "sha256": 32, "sha512": 64}
"""Bytes of a new secret: as long as the hash (RFC 6238, section 5.1)."""
LEAST = 16
"""Bytes of any secret: 128 bits (RFC 4226, section 4)."""
DIGITS = (6, 8)
PURPOSE = "totp"
SPACES = re.compile(r"[ \u00A0\u202F-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TotpSecret:
    """What the app keeps, encrypted, and the person's authenticator holds too.

    Most authenticators do nothing but SHA-1, 6 digits and 30 seconds, whatever the address asks of them; SHA-1 is
    sound in an HMAC. `period` is in seconds.

    Raises:
        ValueError: the key has less than 128 bits, or the digits or the period make no sense.

    """

    key: bytes = field(repr=False)
    algorithm: Algorithm = "sha1"
    digits: int = 6
    period: int = 30

    def __post_init__(self) -> None:
        if len(self.key) < LEAST:
            raise ValueError("The secret of a one-time code has at least 16 bytes (RFC 4226).")
        if self.algorithm not in SIZES or self.digits not in DIGITS or self.period < 1:
            raise ValueError("One-time codes have 6 or 8 digits, SHA-1, SHA-256 or SHA-512, and a period.")

    @classmethod
    def new(cls, *, algorithm: Algorithm = "sha1", digits: int = 6) -> "TotpSecret":
        """A secret that nobody knows yet."""
        return cls(key=secrets.token_bytes(SIZES[algorithm]), algorithm=algorithm, digits=digits)

    @property
    def base32(self) -> str:
        """The key as people type it into an authenticator."""
        return base64.b32encode(self.key).rstrip(b"=").decode("ascii")

    def address(self, *, issuer: str, account: str) -> str:
        """The `otpauth:` address for a QR code. It holds the secret.

        Raises:
            ValueError: issuer or account is empty or holds a colon, which divides them.

        """
        if not issuer or not account or ":" in issuer + account:
            raise ValueError("Issuer and account of a one-time code are not empty and hold no colon.")
        asked = {
            "secret": self.base32,
            "issuer": issuer,
            "algorithm": self.algorithm.upper(),
            "digits": self.digits,
            "period": self.period,
        }
        return f"otpauth://totp/{quote(issuer, safe='')}:{quote(account, safe='')}?{urlencode(asked, quote_via=quote)}"

    def code(self, counter: int) -> str:
        """The code of the `counter`th period since 1970 (RFC 4226, section 5.3)."""
        mac = hmac.digest(self.key, counter.to_bytes(8, "big"), self.algorithm)
        at = mac[-1] & 0x0F
        number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF
        return str(number % 10**self.digits).zfill(self.digits)


NOBODYS = TotpSecret(key=bytes(20))


@dataclass(frozen=True, slots=True, kw_only=True)
class Totp:
    """The factor `totp`; `kept` is the secret. `window` is by how many periods a clock may be off, either way.

    Six digits are guessed in a million tries: whoever offers this counts attempts (`Attempts`).

    Raises:
        ValueError: the window is negative, or so wide that codes are guessed.

    """

    window: int = 1

    def __post_init__(self) -> None:
        if self.window not in range(5):
            raise ValueError("The window of one-time codes is 0 to 4 periods; RFC 6238 advises 1.")

    @property
    def name(self) -> str:
        """See `Factor.name`."""
        return "totp"

    def begin(self, subject: Subject, kept: TotpSecret | None, now: float) -> Challenge:
        """See `Factor.begin`."""
        del subject, now
        return Challenge(shown={"digits": NOBODYS.digits if kept is None else kept.digits})

    def finish(
        self, subject: Subject, kept: TotpSecret | None, response: Response, now: float
    ) -> Steps[Proved[TotpSecret] | Disproved]:
        """See `Factor.finish`."""
        secret = NOBODYS if kept is None else kept
        counter = self._found(secret, SPACES.sub("", response.text[:64]), now)
        if counter is None or kept is None:
            return Disproved.WRONG
        used = hashlib.sha256(b"totp" + kept.key + counter.to_bytes(8, "big")).digest()
        until = float((counter + self.window + 1) * secret.period)
        first: bool = yield ConsumeOnce(
            purpose=PURPOSE, key=used, owner=subject, until=max(until, now) + secret.period, now=now
        )
        return Proved(method=self.name) if first else Disproved.USED

    def _found(self, secret: TotpSecret, typed: str, now: float) -> int | None:
        """The period that the code is of; all are compared, so that the time tells nothing."""
        given = typed.encode("utf-8", "replace")
        present = int(now // secret.period)
        found = None
        for counter in range(max(0, present - self.window), present + self.window + 1):
            if hmac.compare_digest(secret.code(counter).encode("ascii"), given):
                found = counter
        return found
