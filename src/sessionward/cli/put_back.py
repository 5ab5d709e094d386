"""Putting back from a journal alone: log in with the password that is set now, change it to the one before."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from sessionward.audit.browser import Scope, browser
from sessionward.audit.conduct.restoring import Restorer
from sessionward.audit.config import Config, Mailbox, Target, read_config
from sessionward.audit.journal import Journal
from sessionward.cli.arriving_mails import arriving_mails


async def put_back(journal: Journal, path: Path | None, *, headed: bool) -> tuple[str, ...]:
    """Put back everything that is pending; gives what could not be.

    ``path`` is the configuration to use in place of that of the audit. Raises ConfigError for a broken one
    and where no mail can be taken in, DriverError where browser or app fail, JournalError.
    """
    if not journal.pending:
        journal.close()
        return ()
    source = path or source_of(journal)
    config = configured(journal, source)
    target = config.target
    scope = Scope(start=target.url, others=target.scope)
    base = (source or Path()).resolve().parent
    async with (
        arriving_mails(config, base) as mails,
        browser(scope=scope, headed=headed, verify_tls=target.verify_tls) as driver,
    ):
        known = msgspec.structs.replace(config, mailbox=Mailbox(directory=str(mails)) if mails else None)
        restorer = Restorer(driver, journal, known, base=base)
        problems = await restorer.run(lambda text: print(text, file=sys.stderr))
    journal.close()
    return problems


def source_of(journal: Journal) -> Path | None:
    """The configuration that the audit was given, where it is still there."""
    named = journal.about.get("config", "")
    return Path(named) if named and Path(named).is_file() else None


def configured(journal: Journal, path: Path | None) -> Config:
    """The configuration at ``path``, else what the journal says about the app."""
    known = journal.about
    if path is not None:
        return read_config(path, url=known.get("url", ""))
    verify_tls = known.get("verify_tls", "true") != "false"
    return Config(target=Target(url=known.get("url", ""), authorised=True, verify_tls=verify_tls))
