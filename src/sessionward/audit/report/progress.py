"""What is going on, live on the terminal. Where there is none, only warnings and the end are told.

Rule: progress goes to stderr, so that stdout stays the result.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.events import (
    AuditFinished,
    AuditStarted,
    CheckStarted,
    Event,
    Finding,
    Judged,
    Noted,
    Planned,
    SceneReady,
    StageStarted,
    TimeoutMeasured,
)
from sessionward.audit.report.terms import OUTCOMES, duration, printable

NAMED = 4
"""How many running checks are named; more would push what was found off the screen."""
PER_SECOND = 4
MARKS = {
    Verdict.FAILED: ("✗", "red"),
    Verdict.PASSED: ("✓", "green"),
    Verdict.INCONCLUSIVE: ("?", "yellow"),
    Verdict.INAPPLICABLE: ("–", "dim"),
    Verdict.CRASHED: ("!", "bold red"),
}


class _Unread(Console):
    """A console that nobody reads any longer falls silent: the audit goes on, it has things to put back.

    Rich would end the process, and with 1, which stands for confirmed findings.
    """

    def on_broken_pipe(self) -> None:
        self.quiet = True


class Progress:
    """A listener that shows how far the audit is. A context: what it draws is gone when it ends.

    ``file`` is where to draw (stderr unless told); ``clock`` gives seconds that only grow.
    """

    def __init__(self, file: TextIO | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = _Unread(file=file or sys.stderr, highlight=False, emoji=False)
        self._clock = clock
        self._begun = clock()
        self._stage, self._note, self._target, self._reason = "", "", "", ""
        self._planned: tuple[str, ...] = ()
        self._running: dict[str, int] = {}
        self._judged: dict[str, Verdict] = {}
        self._live = Live(
            get_renderable=self._drawn, console=self._console, transient=True, refresh_per_second=PER_SECOND
        )

    def __enter__(self) -> Self:
        """Begin to draw, where there is a terminal."""
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop drawing."""
        self._live.stop()

    def __call__(self, event: Event) -> None:
        """Take one event in."""
        match event:
            case AuditStarted():
                self._target, self._planned = event.target, event.checks
            case StageStarted():
                self._stage, self._note = event.stage, event.note
            case Noted():
                self._noted(event)
            case SceneReady():
                self._entered(event)
            case CheckStarted():
                self._running[event.check.id] = event.run
            case Judged():
                self._judge(event.finding)
            case AuditFinished():
                self._end(event)
            case TimeoutMeasured() | Planned():
                pass  # the check's own outcome tells of the one, the result of the other

    def written(self, paths: Iterable[Path]) -> None:
        """Say where the reports are, the one for people first; also where there is no terminal."""
        first, *others = paths
        self._say(Text(f"Report: {first}"))
        if others:
            self._say(Text(f"Beside it: {', '.join(path.name for path in others)}"))

    def _noted(self, event: Noted) -> None:
        if event.warning:
            self._say(Text(f"Warning: {event.text}", style="yellow"))
        elif self._console.is_terminal:
            self._say(Text(event.text, style="dim"))

    def _entered(self, event: SceneReady) -> None:
        if not event.authenticated:
            self._reason = event.reason
            self._say(Text(f"Not tested: {event.reason}", style="bold yellow"))
        elif self._console.is_terminal:
            self._say(Text("✓ logged in, and the accounts can be told apart", style="green"))

    def _judge(self, finding: Finding) -> None:
        self._running.pop(finding.check.id, None)
        self._judged[finding.check.id] = finding.verdict
        crashed = finding.verdict is Verdict.CRASHED
        if not self._console.is_terminal and not crashed:
            return
        sign, style = MARKS[finding.verdict]
        doubt = " (suspected)" if finding.confidence is Confidence.SUSPECTED else ""
        name = (
            ""
            if finding.verdict in {Verdict.FAILED, Verdict.PASSED}
            else f" {OUTCOMES[finding.verdict][0].lower()}:"
        )
        self._say(Text.assemble((sign, style), f"{name} {finding.check.title}{doubt}"))

    def _end(self, event: AuditFinished) -> None:
        self._running.clear()
        if not event.complete and event.reason != self._reason:
            self._say(Text(f"Not complete: {event.reason}", style="bold yellow"))

    def _say(self, text: Text) -> None:
        """A line that stays. Terminals wrap it; a log keeps it whole."""
        text.plain = printable(text.plain)
        self._console.print(text, soft_wrap=True)

    def _drawn(self) -> RenderableType:
        elapsed = duration(float(int(self._clock() - self._begun)))
        note = f": {self._note}" if self._note else ""
        done = f" · {len(self._judged)} of {len(self._planned)} checks" if self._planned else ""
        line = Text(f"{self._stage or 'starting'}{note}{done} · {elapsed}")
        running = list(self._running.items())
        named = [
            Text(f"  {name}{', again' if run > 1 else ''}", style="dim") for name, run in running[:NAMED]
        ]
        more = [Text(f"  and {len(running) - NAMED} more", style="dim")] if len(running) > NAMED else []
        return Group(Spinner("dots", text=line), *named, *more)
