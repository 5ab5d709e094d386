"""What was changed in the audited app and how to put it back, on disk before it is changed.

One JSON object a line, appended and flushed to the disk: a killed audit loses nothing. The file holds passwords, so
only its owner can read it, and it is removed once everything is put back.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

NAME = "journal.jsonl"


class JournalError(Exception):
    """The journal cannot be read or written; one sentence for a person."""


class Change(msgspec.Struct, kw_only=True, frozen=True):
    """One change. ``kind`` is password or field; ``undo`` holds what restoring it needs (secrets included)."""

    id: int
    kind: str
    account: str
    undo: dict[str, str]

    def __repr__(self) -> str:
        return f"Change(id={self.id}, kind={self.kind!r}, account={self.account!r})"


class _Line(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    op: str
    change: Change | None = None
    id: int = 0
    about: dict[str, str] = {}


class Journal:
    """The journal of one audit, in its output directory."""

    def __init__(self, directory: Path, *, about: Mapping[str, str] | None = None) -> None:
        """Open the journal of ``directory``; ``about`` says which app it is about and how to get in again."""
        self.path = directory / NAME
        self.about: dict[str, str] = dict(about or {})
        self._pending: dict[int, Change] = {}
        self._next = 1
        self._begun = self.path.exists()
        if self._begun:
            self._load()

    def plan(self, kind: str, account: str, undo: Mapping[str, str]) -> Change:
        """Write down a change before it is made. Raises JournalError where the disk refuses."""
        if not self._begun:
            self._write(_Line(op="about", about=self.about))
            self._begun = True
        change = Change(id=self._next, kind=kind, account=account, undo=dict(undo))
        self._next += 1
        self._write(_Line(op="plan", change=change))
        self._pending[change.id] = change
        return change

    def restored(self, change: Change) -> None:
        """The change is put back, or was shown never to have taken effect."""
        self._pending.pop(change.id, None)
        self._write(_Line(op="restored", id=change.id))

    @property
    def pending(self) -> tuple[Change, ...]:
        """What is still changed, the latest first: that is the order in which to restore."""
        return tuple(reversed(self._pending.values()))

    def close(self) -> None:
        """Remove the file where nothing is left to put back."""
        if self._begun and not self._pending:
            self.path.unlink(missing_ok=True)
            self._begun = False

    def _write(self, line: _Line) -> None:
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(handle, msgspec.json.encode(line) + b"\n")
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            msg = f"The journal {self.path} cannot be written ({error.strerror}), so nothing is changed in the app."
            raise JournalError(msg) from None

    def _load(self) -> None:
        try:
            lines = self.path.read_bytes().splitlines()
        except OSError as error:
            msg = f"The journal {self.path} cannot be read: {error.strerror}."
            raise JournalError(msg) from None
        for number, raw in enumerate(lines, 1):
            try:
                line = msgspec.json.decode(raw, type=_Line)
            except msgspec.DecodeError:
                if number == len(lines):
                    continue  # the last line was cut off by the kill: that change was not yet made
                msg = f"The journal {self.path} is damaged in line {number}."
                raise JournalError(msg) from None
            self._apply(line)

    def _apply(self, line: _Line) -> None:
        if line.op == "about":
            self.about = {**line.about, **self.about}
        elif line.op == "plan" and line.change:
            self._pending[line.change.id] = line.change
            self._next = max(self._next, line.change.id + 1)
        elif line.op == "restored":
            self._pending.pop(line.id, None)
