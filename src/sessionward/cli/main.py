"""The entry point: finds the command, and turns wrong use into one sentence and exit code 2."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from sessionward.cli import trail_group
from sessionward.cli.exits import Exit, UsageError
from sessionward.version import VERSION

AUDITING: tuple[ModuleType, ...]
try:  # whoever uses the session layer reads its trail on servers that have no browser
    from sessionward.cli import audit, checks, demo, restore
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.partition(".")[0] == "sessionward":
        raise
    AUDITING = ()
else:
    AUDITING = (audit, restore, demo, checks)
NEED_BROWSER = ("audit", "restore", "demo", "checks")


def without_browser(options: argparse.Namespace) -> int:
    """What the commands that audit say where what they need is not installed."""
    message = f"`{options.command}` needs the extra browser: pip install 'sessionward[browser]'"
    raise UsageError(message)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="sessionward",
        description="Finds session flaws in web apps by controlled experiments in a real browser, and proves them.",
    )
    top.add_argument("--version", action="version", version=f"sessionward {VERSION}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (*AUDITING, trail_group):
        command.add(commands)
    if not AUDITING:
        for name in NEED_BROWSER:
            lacking = commands.add_parser(name, help="needs the extra browser")
            lacking.add_argument("rest", nargs=argparse.REMAINDER)
            lacking.set_defaults(run=without_browser)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Gives the exit code."""
    options = parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except UsageError as error:
        print(f"sessionward: {error}", file=sys.stderr)
        return int(Exit.WRONG_USE)
    except KeyboardInterrupt:
        print("sessionward: stopped", file=sys.stderr)
        return int(Exit.NOT_CARRIED_OUT)
    except BrokenPipeError:  # whoever read the result went away: nobody may take that for a clean audit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.NOT_CARRIED_OUT)


if __name__ == "__main__":
    sys.exit(main())
