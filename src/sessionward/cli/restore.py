"""sessionward restore DIR: put back what a killed audit left changed."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from sessionward.audit.config import ConfigError
from sessionward.audit.driver import DriverError
from sessionward.audit.journal import NAME, Journal, JournalError
from sessionward.cli.exits import Exit, UsageError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    one = commands.add_parser("restore", help="put back what a killed audit left changed")
    one.add_argument("directory", type=Path, metavar="DIR", help="the --out of that audit")
    one.add_argument("--config", type=Path, default=None, metavar="FILE", help="default: that of the audit")
    one.add_argument("--headed", action="store_true", help="show the browser")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> Exit:
    """Restore, and say for each change whether it is back."""
    from sessionward.cli.put_back import put_back

    path: Path = options.directory / NAME
    if not options.directory.is_dir():
        raise UsageError(f"there is no directory {options.directory}; name the --out of the audit.")
    if not path.exists():
        print(f"There is nothing to put back: {path} does not exist.")
        return Exit.CLEAN
    try:
        journal = Journal(options.directory)
        problems = asyncio.run(put_back(journal, options.config, headed=options.headed))
    except (ConfigError, JournalError) as error:
        raise UsageError(str(error)) from None
    except DriverError as error:
        print(f"sessionward: {error}", file=sys.stderr)
        return Exit.NOT_CARRIED_OUT
    for problem in problems:
        print(problem)
    return Exit.NOT_CARRIED_OUT if problems else Exit.CLEAN
