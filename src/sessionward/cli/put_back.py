"""Putting back from a journal alone: log in with the password that is set now, change it to the one before."""

from __future__ import annotations

import sys
from pathlib import Path

from sessionward.audit.browser import Scope, browser
from sessionward.audit.conduct.restoring import Restorer
from sessionward.audit.config import Config, Target, read_config
from sessionward.audit.journal import Journal


async def put_back(journal: Journal, path: Path | None, *, headed: bool) -> tuple[str, ...]:
    """Put back everything that is pending; gives what could not be.

    Raises ConfigError for a broken configuration, DriverError where browser or app fail.
    """
    config = configured(journal, path)
    target = config.target
    async with browser(
        scope=Scope(start=target.url, others=target.scope), headed=headed, verify_tls=target.verify_tls
    ) as driver:
        restorer = Restorer(driver, journal, config, base=(path or Path()).resolve().parent)
        problems = await restorer.run(lambda text: print(text, file=sys.stderr))
    journal.close()
    return problems


def configured(journal: Journal, path: Path | None) -> Config:
    """The configuration that is given, else what the journal says about the app."""
    known = journal.about
    if path is not None:
        return read_config(path, url=known.get("url", ""))
    return Config(
        target=Target(
            url=known.get("url", ""), authorised=True, verify_tls=known.get("verify_tls", "true") != "false"
        )
    )
