"""A listener that keeps the record and a file in step with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from sessionward.audit.check import Check
from sessionward.audit.events import AuditFinished, AuditStarted, Event, Judged, SceneReady
from sessionward.audit.report.private_file import write_private
from sessionward.audit.report.record import Record, after, begin

Render = Callable[[Record], bytes]


class Recorder:
    """A listener that adds events up. ``record`` is the sum so far.

    ``clock`` gives seconds that only grow; ``now`` the time of day at the start.
    """

    def __init__(
        self,
        *,
        catalogue: Iterable[Check] = (),
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._clock = clock
        self._begun = clock()
        self.record = begin(started=now().isoformat(timespec="seconds"), catalogue=catalogue)

    def __call__(self, event: Event) -> None:
        """Take one event in."""
        self.record = after(self.record, event, at=self._clock() - self._begun)


class FileReport:
    """A report in a file: written when the audit begins, is in, judges, and ends; and whenever ``write`` is called.

    Where writing fails in the middle (a full disk), the audit goes on; the end raises OSError if it still fails.
    """

    def __init__(self, path: Path, render: Render, recorder: Recorder | None = None) -> None:
        self.path = path
        self._render = render
        self._recorder = recorder or Recorder()

    @property
    def record(self) -> Record:
        """What is known so far."""
        return self._recorder.record

    def __call__(self, event: Event) -> None:
        """Take one event in, and write where it matters."""
        self._recorder(event)
        match event:
            case AuditFinished():
                self.write()
            case AuditStarted() | SceneReady() | Judged():
                self._try_to_write()
            case _:
                pass

    def write(self) -> Path:
        """Write what is known now and say where. Raises OSError."""
        write_private(self.path, self._render(self.record))
        return self.path

    def _try_to_write(self) -> None:
        try:
            self.write()
        except OSError:
            # the next judgement tries again, and the end does not swallow it
            return
