"""Where the app's mails arrive while a command runs: the configured directory, or a mail server of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sessionward.audit.config import Config
from sessionward.audit.mail import receiving
from sessionward.audit.settings import mails_of


@asynccontextmanager
async def arriving_mails(config: Config, base: Path) -> AsyncIterator[Path | None]:
    """The directory with the mails, None where the configuration names no mailbox.

    ``base`` is what its relative paths mean. Raises ConfigError where no mail can be taken in.
    """
    if config.mailbox is None or not config.mailbox.listen:
        yield mails_of(config, base)
        return
    async with receiving(*config.mailbox.address) as directory:
        yield directory
