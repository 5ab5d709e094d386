"""sessionward trail tail: the latest entries of a trail, for people."""

from __future__ import annotations

import argparse
from collections import deque
from datetime import UTC, datetime

from sessionward.cli.exits import Exit
from sessionward.cli.trail_store import add_place, add_start, guarded, opened, told_empty
from sessionward.session.chain import sound
from sessionward.session.result import AuditEntry
from sessionward.session.trail import TrailEvent

SHOWN = ("handle", "role", "method", "scope", "reason", "by", "device", "network")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    one = commands.add_parser("tail", help="verify a trail and show its latest entries")
    add_place(one)
    add_start(one)
    one.add_argument("--number", type=int, default=20, metavar="N", help="how many entries (default 20)")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> Exit:
    """Show the entries, the latest last."""
    return guarded(lambda: _shown(options))


def _shown(options: argparse.Namespace) -> Exit:
    with opened(options.store) as store:
        latest = deque(sound(store, options.tenant, options.since), maxlen=max(options.number, 1))
    if not latest and not options.since.position:
        raise told_empty(options.tenant)
    for entry in latest:
        print(as_text(entry))
    return Exit.CLEAN


def as_text(entry: AuditEntry) -> str:
    """One entry as a line. What a person wrote into a name cannot move the cursor of who reads it."""
    try:
        told = TrailEvent.decode(entry.content)
        moment = datetime.fromtimestamp(told.at, tz=UTC).isoformat(sep=" ", timespec="seconds")
    except (ValueError, TypeError, OverflowError, OSError):
        return f"{entry.position}  (an entry that this version cannot read)"
    rest = ", ".join(f"{name} {value}" for name in SHOWN if (value := getattr(told, name)) is not None)
    parts = (
        str(entry.position),
        moment,
        told.what,
        told.subject,
        rest,
    )  # no subject where it is about all of them
    line = "  ".join(part for part in parts if part)
    return "".join(letter if letter.isprintable() else "?" for letter in line)
