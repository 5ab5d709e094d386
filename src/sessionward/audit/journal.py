"""What was changed in the audited app and how to put it back, on disk before it is changed.

One JSON object a line, appended and flushed to the disk: a killed audit loses nothing. The file holds passwords, so
only its owner can read it, and it is removed once everything is put back.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

NAME = "journal.jsonl"
PASSING = "passing"
"""In what a journal says about its app: that it ends with the audit."""
T = TypeVar("T")


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


def packed(value: object) -> str:
    """A dataclass as a text that fits into ``Change.undo``."""
    return msgspec.json.encode(value).decode()


def unpacked(text: str, kind: type[T]) -> T:
    """The dataclass that ``packed`` made the text from."""
    return msgspec.json.decode(text, type=kind)


class _Line(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    op: str
    change: Change | None = None
    id: int = 0
    about: dict[str, str] = {}


class Journal:
    """The journal of one audit, in its output directory."""

    def __init__(self, directory: Path, *, about: Mapping[str, str] | None = None) -> None:
        """Open the journal of ``directory``. ``about`` says which app it is about; without it, the file says so."""
        self.path = directory / NAME
        self._known: dict[str, str] = {}
        self._pending: dict[int, Change] = {}
        self._next = 1
        self._sound: int | None = None
        """How many bytes of the file are whole lines, where a kill cut off the last one."""
        self._begun = self.path.exists()
        if self._begun:
            self._load()
        self.about: dict[str, str] = dict(about) if about else self._known

    def plan(self, kind: str, account: str, undo: Mapping[str, str]) -> Change:
        """Write down a change before it is made. Raises JournalError where the disk refuses."""
        if not self._begun or self.about != self._known:  # an earlier audit may have been of another app
            self._write(_Line(op="about", about=self.about))
            self._begun, self._known = True, self.about
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

    def begin_anew(self) -> bool:
        """Forget what an earlier audit left changed, where it said that its app would end with it: whether it did.

        Raises JournalError.
        """
        if PASSING not in self._known:
            return False
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            msg = f"The journal {self.path} cannot be removed: {error.strerror}."
            raise JournalError(msg) from None
        self._pending.clear()
        self._known, self._begun, self._sound = {}, False, None
        return True

    def close(self) -> None:
        """Remove the file where nothing is left to put back."""
        if self._begun and not self._pending:
            self.path.unlink(missing_ok=True)
            self._begun = False

    def _write(self, line: _Line) -> None:
        """All of the line is on the disk or none of it: half a line would spoil the next one."""
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                if self._sound is not None:
                    os.ftruncate(handle, self._sound)
                    self._sound = None
                size, data = os.fstat(handle).st_size, msgspec.json.encode(line) + b"\n"
                if os.write(handle, data) != len(data):
                    os.ftruncate(handle, size)
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            so = "it names more than is changed" if line.op == "restored" else "nothing is changed in the app"
            msg = f"The journal {self.path} cannot be written ({error.strerror}), so {so}."
            raise JournalError(msg) from None

    def _load(self) -> None:
        try:
            content = self.path.read_bytes()
        except OSError as error:
            msg = f"The journal {self.path} cannot be read: {error.strerror}."
            raise JournalError(msg) from None
        lines = content.splitlines(keepends=True)
        for number, raw in enumerate(lines, 1):
            try:
                line = msgspec.json.decode(raw, type=_Line)
            except ValueError:  # no JSON, not ours, or no UTF-8
                if number == len(
                    lines
                ):  # the last line was cut off by the kill: that change was not yet made
                    self._sound = len(content) - len(raw)
                    continue
                msg = f"The journal {self.path} is damaged in line {number}."
                raise JournalError(msg) from None
            self._apply(line)

    def _apply(self, line: _Line) -> None:
        if line.op == "about":
            self._known = line.about
        elif line.op == "plan" and line.change:
            self._pending[line.change.id] = line.change
            self._next = max(self._next, line.change.id + 1)
        elif line.op == "restored":
            self._pending.pop(line.id, None)
