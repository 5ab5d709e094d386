"""Where the second factor of an account comes from: a secret of its own, or the mailbox."""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
import time
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from pathlib import Path

import pyotp

CodeSource = Callable[[], Awaitable[str | None]]
PATIENCE = 20.0
"""How long in seconds a mail may take to arrive."""
CODE = re.compile(r"(?<![\w#&/=-])(\d{4,8}|\d{3}[ -]\d{3})(?![\w/-])")


class TotpSource:
    """Time-based one-time passwords (RFC 6238). One code is never given twice, since apps refuse that (section 5.2)."""

    def __init__(self, secret: str, *, now: Callable[[], float] = time.time) -> None:
        """``secret`` is base32. Raises ValueError where it is none."""
        self._totp, self._now, self._last = pyotp.TOTP(re.sub(r"\s", "", secret).upper()), now, -1
        self._totp.at(0)

    async def __call__(self) -> str | None:
        """The present code; waits for the next one where the present one was given already."""
        step = int(self._now() // self._totp.interval)
        if step <= self._last:
            await asyncio.sleep((self._last + 1) * self._totp.interval - self._now() + 0.5)
            step = int(self._now() // self._totp.interval)
        self._last = step
        return self._totp.at(step * self._totp.interval)


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
            await asyncio.sleep(0.2)
        return None

    def _files(self) -> tuple[Path, ...]:
        return tuple(self._directory.glob("**/*.eml"))


def read_mail(path: Path) -> EmailMessage:
    """One mail from a file."""
    return email.message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=email.policy.default)


def code_in(mail: EmailMessage, address: str) -> str:
    """The one-time code in a mail to ``address``, empty where it is to another or holds none."""
    if address not in str(mail.get("to", "")).lower():
        return ""
    body = mail.get_body(("plain", "html"))
    text = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", body.get_content(), flags=re.S) if body else ""
    found = CODE.search(f"{text}\n{mail.get('subject', '')}")
    return re.sub(r"[ -]", "", found[1]) if found else ""
