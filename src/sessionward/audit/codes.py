"""Where the second factor of an account comes from: a secret of its own, or the mailbox."""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import hmac
import re
import time
from asyncio import sleep
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from pathlib import Path

CodeSource = Callable[[], Awaitable[str | None]]
PATIENCE = 20.0
"""How long in seconds a mail may take to arrive."""
CODE = re.compile(r"(?<![\w#&/=-])(\d{4,8}|\d{3}[ -]\d{3})(?![\w/-])")


STEP = 30
"""Seconds that one code is good for (RFC 6238, section 5.2)."""


def totp(secret: bytes, at: float) -> str:
    """The six digits for a moment in seconds since the epoch (RFC 6238 on HMAC-SHA-1, RFC 4226, section 5.3).

    Written out here since the usual library refuses secrets under 112 bits, which many apps still hand out.
    """
    digest = hmac.digest(secret, int(at // STEP).to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 15
    return f"{(int.from_bytes(digest[offset : offset + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


class TotpSource:
    """Time-based one-time passwords (RFC 6238). One code is never given twice, since apps refuse that (section 5.2).

    Many do not, and then an audit of many logins need not wait half a minute before each: ``again`` gives the last code
    once more, while it is good and ``refuses_repeats`` is not set.
    """

    def __init__(self, secret: str, *, now: Callable[[], float] = time.time) -> None:
        """``secret`` is base32. Raises ValueError where it is none."""
        text = re.sub(r"[\s-]", "", secret).rstrip("=").upper()
        try:
            self._secret = base64.b32decode(text + "=" * (-len(text) % 8))
        except binascii.Error as error:
            raise ValueError("no base32") from error
        self._now, self._last = now, -1
        self.refuses_repeats = False

    async def __call__(self) -> str | None:
        """The present code; waits for the next one where the present one was given already."""
        # kept before the wait: another login that waits meanwhile must get the one after it
        step = self._last = max(int(self._now() // STEP), self._last + 1)
        if (wait := step * STEP - self._now()) > 0:
            await sleep(wait + 0.5)
        return totp(self._secret, step * STEP)

    def again(self) -> str | None:
        """The last code, None where a fresh one is due."""
        good = int(self._now() // STEP) == self._last and not self.refuses_repeats
        return totp(self._secret, self._now()) if good else None


class LoginCodes:
    """The codes for one login: a used one at most at first, and fresh ones where the app asks once more."""

    def __init__(self, source: CodeSource) -> None:
        self._source, self._asked = source, False
        self.repeated = False
        """Whether a used code was given and no fresh one after it."""

    async def __call__(self) -> str | None:
        """The next code, None where none came."""
        first, self._asked = not self._asked, True
        if isinstance(self._source, TotpSource) and first and (code := self._source.again()):
            self.repeated = True
            return code
        self.refused()
        return await self._source()

    def refused(self) -> None:
        """Note that a used code was not taken, where one was given."""
        if self.repeated and isinstance(self._source, TotpSource):
            self._source.refuses_repeats = True
        self.repeated = False


class MailSource:
    """The code in the newest mail to an address, among .eml files of a directory."""

    def __init__(self, directory: Path, address: str) -> None:
        """Mails that are there already are old and never read."""
        self._directory, self._address = directory, address.lower()
        self._known = set(self._files())

    async def __call__(self) -> str | None:
        """The first code of a mail that arrived since the last call, None where none came in time."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for path in sorted(set(self._files()) - self._known, key=lambda file: file.stat().st_mtime):
                self._known.add(path)
                if code := code_in(read_mail(path), self._address):
                    return code
            await sleep(0.2)
        return None

    def _files(self) -> tuple[Path, ...]:
        return tuple(self._directory.glob("**/*.eml"))


def read_mail(path: Path) -> EmailMessage:
    """One mail from a file."""
    return email.message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=email.policy.default)


def code_in(mail: EmailMessage, address: str) -> str:
    """The one-time code in a mail to ``address``, empty where it is to another or holds none."""
    if address not in " ".join(str(mail.get(name, "")) for name in ("to", "delivered-to")).lower():
        return ""
    body = mail.get_body(("plain", "html"))
    text = (
        re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", body.get_content(), flags=re.DOTALL) if body else ""
    )
    found = CODE.search(f"{text}\n{mail.get('subject', '')}")
    return re.sub(r"[ -]", "", found[1]) if found else ""
