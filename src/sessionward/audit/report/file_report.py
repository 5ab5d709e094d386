"""A record that grows with the events, and a file kept in step with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sessionward.audit.check import Check
from sessionward.audit.events import AuditFinished, AuditStarted, Event, Judged, SceneReady
from sessionward.audit.report.earlier import Earlier
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
        earlier: Earlier | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._clock = clock
        self._begun = clock()
        started = now().isoformat(timespec="seconds")
        self.record = begin(started=started, catalogue=catalogue, earlier=earlier)

    def __call__(self, event: Event) -> None:
        """Take one event in."""
        self.record = after(self.record, event, at=self._clock() - self._begun)


class FileReport:
    """A report in a file, written when the audit begins, is in, judges, and ends.

    ``every`` is how many seconds lie at least between two judgements that are written; drawing a long page at each
    would hold the audit up. Where writing fails in the middle (a full disk), the audit goes on; the end raises OSError
    if it still fails.
    """

    def __init__(self, path: Path, render: Render, *, every: float = 0.0) -> None:
        self.path = path
        self._render = render
        self._every = every
        self._last = -every

    def follow(self, event: Event, record: Record) -> None:
        """Write ``record``, which ``event`` came into last, where that matters."""
        match event:
            case AuditFinished():
                self.write(record)
            case AuditStarted() | SceneReady():
                self._try_to_write(record)
            case Judged() if record.seconds - self._last >= self._every:
                self._try_to_write(record)
            case _:
                pass

    def write(self, record: Record) -> Path:
        """Write ``record`` now and say where. Raises OSError."""
        self._last = record.seconds
        write_private(self.path, self._render(record))
        return self.path

    def _try_to_write(self, record: Record) -> None:
        # where it fails the next judgement tries again, and the end does not swallow it
        with suppress(OSError):
            self.write(record)
