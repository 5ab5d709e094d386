"""sessionward trail anchor: note how far a trail goes, to be kept where the store cannot reach it."""

from __future__ import annotations

import argparse

from sessionward.cli.exits import Exit
from sessionward.cli.trail_store import add_place, add_start, guarded, opened, told_broken, told_empty
from sessionward.session.chain import Broken, sound, verify


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    one = commands.add_parser("anchor", help="verify a trail and print an anchor to keep elsewhere")
    add_place(one)
    add_start(one)
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> Exit:
    """Print the anchor, and nothing else; none of a trail that is broken."""
    return guarded(lambda: _anchored(options))


def _anchored(options: argparse.Namespace) -> Exit:
    with opened(options.store) as store:
        end = verify(sound(store, options.tenant, options.since), options.since)
    if isinstance(end, Broken):
        return told_broken(end)
    if not end.position:
        raise told_empty(options.tenant)
    print(end.text)
    return Exit.CLEAN
