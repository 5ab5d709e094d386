"""sessionward trail export: hand a trail on, as lines of JSON or to syslog, and go on where it stopped."""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from sessionward.cli.exits import Exit, UsageError
from sessionward.cli.log_sinks import SinkFailed, sink
from sessionward.cli.trail_store import NotReached, add_place, add_start, guarded, opened
from sessionward.session.chain import BATCH, BEGINNING, Anchor, sound
from sessionward.session.result import AuditEntry
from sessionward.session.syslog import Messages, as_json

Line = Callable[[AuditEntry], bytes]
"""What an entry is handed on as."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    one = commands.add_parser("export", help="verify a trail and hand it on as lines of JSON or to syslog")
    add_place(one)
    add_start(one)
    one.add_argument("--format", choices=("jsonl", "syslog"), default="jsonl")
    one.add_argument(
        "--to",
        default="-",
        metavar="PLACE",
        help="a file (appended to), -, udp://, tcp:// or tls://host[:port]",
    )
    one.add_argument(
        "--state", type=Path, metavar="FILE", help="remember here how far it went, and go on there"
    )
    one.add_argument("--host", default=socket.gethostname() or "-", metavar="NAME", help="origin in syslog")
    one.add_argument(
        "--enterprise", metavar="NUMBER", help="your private enterprise number, for structured data"
    )
    one.add_argument("--ca", type=Path, metavar="FILE", help="certificates to trust for tls://")
    one.set_defaults(run=run)


def run(options: argparse.Namespace) -> Exit:
    """Hand on what was not handed on yet. What is broken goes nowhere."""
    if "://" in options.to and options.format != "syslog":
        raise UsageError("only syslog goes to a host: add --format syslog.")
    if options.state is not None and options.since != BEGINNING:
        raise UsageError("give --since or --state, not both: the state says where to go on.")
    return guarded(lambda: _exported(options))


def _exported(options: argparse.Namespace) -> Exit:
    start = options.since if options.state is None else remembered(options.state, options.tenant)
    end, line = start, _made(options)
    try:
        with opened(options.store) as store, sink(options.to, options.ca) as place:
            for batch in _batches(sound(store, options.tenant, start)):
                place.send([line(entry) for entry in batch])
                end = Anchor(position=batch[-1].position, link=batch[-1].link)
                if options.state is not None:
                    remember(options.state, options.tenant, end)
    except SinkFailed as error:
        raise NotReached(str(error)) from None
    print(
        f"sessionward: {end.position - start.position} entries handed on; anchor {end.text}", file=sys.stderr
    )
    return Exit.CLEAN


def _made(options: argparse.Namespace) -> Line:
    if options.format == "jsonl":
        return lambda entry: as_json(entry, options.tenant)
    try:
        messages = Messages(host=options.host, enterprise=options.enterprise)
    except ValueError as error:
        raise UsageError(str(error)) from None
    lines = "://" not in options.to

    def line(entry: AuditEntry) -> bytes:
        try:
            return messages.of(entry, options.tenant) + (b"\n" if lines else b"")
        except ValueError:
            raise NotReached(
                f"entry {entry.position} cannot be read by this version; use --format jsonl."
            ) from None

    return line


def _batches(found: Iterable[AuditEntry]) -> Iterator[list[AuditEntry]]:
    """Entries by the batch, none of one in which the trail breaks."""
    every = iter(found)
    while batch := list(islice(every, BATCH)):
        yield batch


def remembered(path: Path, tenant: str) -> Anchor:
    """How far the export went that left its state at `path`.

    Raises:
        UsageError: what is there is no state, or is another tenant's.

    """
    if not path.exists():
        return BEGINNING
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        owner, anchor = found["tenant"], Anchor.parse(found["anchor"])
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"{path} is no state of an export; remove it to begin anew.") from None
    if owner != tenant:
        raise UsageError(f"{path} is the state of another tenant's export; name one file for each tenant.")
    return anchor


def remember(path: Path, tenant: str, end: Anchor) -> None:
    """Leave at `path` how far the export went, all at once, for nobody but this user to read.

    Raises:
        UsageError: it cannot be written.

    """
    try:
        number, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump({"tenant": tenant, "anchor": end.text}, file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise UsageError(f"the state {path} cannot be written ({error.strerror}).") from None
