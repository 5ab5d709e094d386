"""A mail server of our own, to which the app under audit sends what it would send to people.

It takes every mail and hands none on. Each is kept as an .eml file in a directory that is private to the user and gone
when the audit ends, since mails hold codes and links that log in.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from sessionward.audit.config import ConfigError

MOST_BYTES = 10_000_000
OK = "250 Message accepted for delivery"


class _Keeper:
    """Writes each mail into a file, complete before it bears its name."""

    def __init__(self, directory: Path) -> None:
        self._directory, self._numbers = directory, itertools.count(1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 — aiosmtpd's name
        """Keep one mail. To whom it was sent is written on top: its own To header may name somebody else."""
        del server, session
        content = envelope.content or b""
        data = content.encode() if isinstance(content, str) else content
        to = "".join(f"Delivered-To: {address}\r\n" for address in envelope.rcpt_tos)
        path = self._directory / f"{next(self._numbers):05}.part"
        path.write_bytes(to.encode(errors="replace") + data)
        path.rename(path.with_suffix(".eml"))
        return OK


@asynccontextmanager
async def receiving(host: str, port: int) -> AsyncIterator[Path]:
    """Take in mails at ``host:port`` (SMTP, RFC 5321); gives the directory in which they arrive as .eml files.

    Any name and password are let in, since apps often insist on giving some. Raises ConfigError where the port is taken
    or may not be listened on.
    """
    with tempfile.TemporaryDirectory(prefix="sessionward-mail-") as folder:  # mkdtemp makes it private
        directory = Path(folder)
        loop = asyncio.get_running_loop()
        try:
            server = await loop.create_server(lambda: _server(_Keeper(directory), loop), host, port)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise ConfigError(
                f"No mail can be taken in at {host}:{port} ({reason}): name another port as [mailbox] listen, or stop "
                "what listens there."
            ) from None
        try:
            yield directory
        finally:
            server.close()
            await server.wait_closed()


def _server(keeper: _Keeper, loop: asyncio.AbstractEventLoop) -> SMTP:
    return SMTP(
        keeper,
        data_size_limit=MOST_BYTES,
        enable_SMTPUTF8=True,
        hostname="sessionward",
        auth_require_tls=False,
        authenticator=lambda *given: AuthResult(success=bool(given)),
        loop=loop,
    )
