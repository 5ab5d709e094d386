"""sessionward trail verify: whether a trail is as it was written."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from sessionward.cli.exits import Exit, UsageError
from sessionward.cli.trail_store import add_place, add_start, anchor, guarded, opened, told_broken, told_empty
from sessionward.session.chain import BATCH, Anchor, Broken, ChainBroken, followed, sound, verify
from sessionward.session.result import AuditEntry
from sessionward.session.syslog import from_json


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    one = commands.add_parser("verify", help="whether a trail is as it was written")
    add_place(one, needed=False)
    one.add_argument("--export", type=Path, metavar="FILE", help="verify lines of JSON instead of a store")
    add_start(one)
    one.add_argument(
        "--anchor",
        type=anchor,
        action="append",
        default=[],
        metavar="ANCHOR",
        help="what the trail must hold",
    )
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> Exit:
    """Verify, and say how far the trail goes or where it is broken."""
    if (options.store is None) == (options.export is None):
        raise UsageError("give either --store or --export.")
    if any(noted.position < options.since.position for noted in options.anchor):
        raise UsageError("an --anchor lies before --since; leave --since out to verify it.")
    return guarded(lambda: _verified(options))


def _verified(options: argparse.Namespace) -> Exit:
    if options.export is not None:
        return _told(verify(_from_file(options), options.since, anchors=options.anchor), options)
    with opened(options.store) as store:
        found = sound(store, options.tenant, options.since)
        return _told(verify(found, options.since, anchors=options.anchor), options)


def _from_file(options: argparse.Namespace) -> Iterator[AuditEntry]:
    """The entries of an export, in which a batch that was handed on twice counts once."""
    yield from followed(_lines(options.export, options.tenant, options.since), options.tenant, options.since)


def _lines(path: Path, tenant: str, start: Anchor) -> Iterator[AuditEntry]:
    recent: dict[int, AuditEntry] = {}  # a run that was killed begins its last batch anew
    latest = start.position
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    entry = from_json(line, tenant)
                except ValueError as error:
                    raise ChainBroken(Broken(position=latest + 1, why=f"line {number}: {error}")) from None
                if entry.position <= start.position or recent.get(entry.position) == entry:
                    continue
                yield entry
                latest, recent[entry.position] = entry.position, entry
                recent.pop(latest - BATCH, None)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from None


def _told(end: Anchor | Broken, options: argparse.Namespace) -> Exit:
    if isinstance(end, Broken):
        return told_broken(end)
    if not end.position:
        raise told_empty(options.tenant)
    held = f", and holds {len(options.anchor)} anchors" if options.anchor else ""
    print(f"sound: entries {options.since.position + 1} to {end.position} of “{options.tenant}”{held}.")
    print(f"anchor: {end.text}")
    return Exit.CLEAN
