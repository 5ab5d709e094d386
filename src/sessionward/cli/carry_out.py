"""Runs one audit: browser up, conductor, listeners, Ctrl-C, browser down, exit code."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sessionward.audit.browser import Scope, browser
from sessionward.audit.check import Severity
from sessionward.audit.conduct.conductor import Conductor
from sessionward.audit.config import ConfigError
from sessionward.audit.driver import DriverError
from sessionward.audit.events import AuditFinished, Event, Finding, Judged, Listener, Planned
from sessionward.audit.journal import PASSING, Journal, JournalError
from sessionward.audit.report import Earlier, Progress, file_reports, print_summary
from sessionward.audit.settings import Settings, people_of
from sessionward.cli.arriving_mails import arriving_mails
from sessionward.cli.exits import NOTHING, Exit, UsageError, exit_of

ECHO = 0.5
"""Seconds within which a signal is no second one: “timeout” sends its own to the program and to its whole group."""
NOT_CALIBRATED = "owner, stranger, anonymous and a random token did not give four different answers"


class Collector:
    """A listener that keeps what the exit code needs."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.planned: tuple[str, ...] = ()
        self.broken_off = False
        """Stopped by hand, or over its budget: what was found counts, but nobody may take it for clean."""

    def __call__(self, event: Event) -> None:
        """Take one event in."""
        if isinstance(event, Judged):
            self.findings.append(event.finding)
        elif isinstance(event, Planned):
            self.planned = event.lines
        elif isinstance(event, AuditFinished):
            self.broken_off = not event.complete


def carry_out(settings: Settings, *, fail_on: Severity, known: Earlier = NOTHING) -> Exit:
    """Carry the audit out and print its result. Raises UsageError where it cannot even begin."""
    try:
        people_of(settings.config.account, settings.mails)
        make_out(settings.out)
        journal = Journal(settings.out, about=about(settings))
        left = bool(journal.pending) and not (settings.passing and journal.begin_anew())
    except (ConfigError, JournalError) as error:
        raise UsageError(str(error)) from None
    if left:
        raise UsageError(
            f"an earlier audit left the app changed; run “sessionward restore {settings.out}” first, "
            "or choose another --out."
        )
    try:
        return asyncio.run(_run(settings, journal, fail_on, known))
    except KeyboardInterrupt:
        if journal.pending:
            _complain(
                f"given up with changes left in the app; put them back by “sessionward restore {settings.out}”"
            )
        raise
    except ConfigError as error:
        raise UsageError(str(error)) from None
    except DriverError as error:
        _complain(str(error))
    except OSError as error:
        _complain(f"the report in {settings.out} cannot be written: {error.strerror or error}")
    return Exit.NOT_CARRIED_OUT


def about(settings: Settings) -> dict[str, str]:
    """What putting back after a kill needs to know; no secret."""
    target = settings.config.target
    known = {"url": target.url, "verify_tls": "true" if target.verify_tls else "false"}
    known |= {PASSING: "true"} if settings.passing else {}
    return known | ({"config": str(settings.source)} if settings.source else {})


def make_out(out: Path) -> None:
    """Make the output directory, private to the user; one that was there keeps its mode. Raises UsageError."""
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"the directory {out} for the report cannot be made: {error.strerror}.") from None
    if not os.access(out, os.W_OK):
        raise UsageError(f"the directory {out} for the report cannot be written.")


async def _run(settings: Settings, journal: Journal, fail_on: Severity, known: Earlier) -> Exit:
    collector = Collector()
    reports = file_reports(settings.out, catalogue=settings.checks, earlier=known)
    with Progress(sys.stderr) as progress:
        listeners: tuple[Listener, ...] = (collector, reports, progress)

        def emit(event: Event) -> None:
            for listener in listeners:
                listener(event)

        problem = await _audit(settings, journal, emit)
    if journal.pending:
        _complain(f"the app is left changed; put it back by “sessionward restore {settings.out}”")
    if collector.planned:
        print("\n".join(collector.planned))
        return Exit.NOT_CARRIED_OUT if problem else Exit.CLEAN
    print_summary(reports.record, sys.stdout)
    progress.written(reports.paths)
    found = exit_of(collector.findings, fail_on=fail_on, known=known)
    if problem or (collector.broken_off and found is Exit.CLEAN):
        return Exit.NOT_CARRIED_OUT
    return found


async def _audit(settings: Settings, journal: Journal, emit: Listener) -> str:
    """Conduct the audit in a browser of its own. Gives why it could not be carried out, or nothing.

    Raises DriverError where there is no browser, ConfigError where no mail can be taken in.
    """
    target = settings.config.target
    scope = Scope(start=target.url, others=target.scope)
    base = settings.source.parent if settings.source else Path()
    async with (
        arriving_mails(settings.config, base) as mails,
        browser(scope=scope, headed=settings.headed, verify_tls=target.verify_tls) as driver,
    ):
        conductor = Conductor(replace(settings, mails=mails), driver, journal, emit)
        with _stopping(conductor):
            problem = await conductor.run()
        return problem or ("" if conductor.authenticated else NOT_CALIBRATED)


def _complain(text: str) -> None:
    print(f"sessionward: {text}", file=sys.stderr)


@contextmanager
def _stopping(conductor: Conductor) -> Iterator[None]:
    """Let the first Ctrl-C end the audit with its report, and a second one end the process."""
    loop = asyncio.get_running_loop()
    begun: list[float] = []

    def stop(number: int) -> None:
        if begun and loop.time() - begun[0] < ECHO:
            return
        if begun:
            loop.remove_signal_handler(number)
            signal.raise_signal(number)
            return
        begun.append(loop.time())
        print(
            "Stopping: putting back what was changed and writing the report. Ctrl-C again to give up.",
            file=sys.stderr,
        )
        conductor.stop("it was stopped by hand")

    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: there Ctrl-C ends the process, and the journal remains
            loop.add_signal_handler(number, stop, number)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)
