"""Plays checks: asks the performer for their probes, keeps them out of each other's way, judges what they return.

The only place that catches a check's crash. A failed experiment is made a second time before it is called
confirmed (G8). Nothing here knows a browser: the performer is handed in.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from sessionward.audit.check import (
    Check,
    Confidence,
    Outcome,
    Outcomes,
    Verdict,
    inconclusive,
)
from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.events import CheckStarted, Finding, Judged, Listener, TimeoutMeasured
from sessionward.audit.evidence import (
    Step,
    evidence_of,
    pictures_of,
    reproduce,
    shown_address,
    up_to_decision,
)
from sessionward.audit.experiment import unguarded
from sessionward.audit.journal import JournalError
from sessionward.audit.locks import AccountLocks
from sessionward.audit.probe import Download, Probe, Replay, ReplayPersonal, Together, Wait
from sessionward.audit.scene import Scene
from sessionward.http import Redactor

SEEDS = 1000
"""How far apart the seeds of two runs are: more than a check uses up."""
KEPT_FREE = 2
"""Sessions of an account that no check may have where the app caps them: the audit's own, and one to spare."""
AT_ONCE = 2
"""How many checks use a browser at the same time; waiting and replaying take no place."""


class PerformsProbes(Protocol):
    """What the engine needs of a performer."""

    async def perform(self, probe: Probe[Any], run: str) -> Any:
        """Perform one probe for a run of a check. Raises DriverError."""

    async def picture(self, probe: Probe[Any], result: object) -> bytes:
        """What the browser that ``probe`` acted in shows, without anything private, as JPEG; empty if there is none."""

    async def tidy(self, run: str) -> None:
        """After a run: put back what it changed and end its sessions."""

    async def put_back(self) -> None:
        """Put back what is still changed for the whole audit. Raises DriverError."""


@dataclass(slots=True, kw_only=True)
class Run:
    """One run of one check: its outcomes and all that was done for them."""

    outcomes: tuple[Outcome, ...]
    trace: list[Step] = field(default_factory=list)
    name: str = ""
    started: float = field(default_factory=time.monotonic)
    acting: bool = False
    pictured: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Engine:
    """Plays a list of checks against one scene."""

    def __init__(self, *, scene: Scene, performer: PerformsProbes, emit: Listener, redact: Redactor) -> None:
        self._scene, self._performer, self._emit, self._redact = scene, performer, emit, redact
        self._locks = AccountLocks(alone=_each_alone(scene), room=_room(scene))
        self._slots = asyncio.Semaphore(AT_ONCE)
        self.stopped = ""
        """Why no further check may begin; empty while they may."""

    async def run(self, checks: Sequence[Check]) -> None:
        """Play all of them: the patient ones begin first, those that may leave an account throttled come last.

        Cancelling stops it: what was under way is tidied up and reported as inconclusive.
        """
        ordered = sorted(checks, key=lambda check: not check.patient)
        await self._all([check for check in ordered if not check.last])
        for check in ordered:
            if check.last:
                await self._put_back()
                await self._all([check])

    async def _put_back(self) -> None:
        """While one can still log in: the last checks may leave an account throttled."""
        if self.stopped:
            return
        try:
            await self._performer.put_back()
        except DriverError:
            return  # the end of the audit tries again, and tells what it could not put back

    async def _all(self, checks: Sequence[Check]) -> None:
        tasks = [asyncio.create_task(self._judge(check), name=check.id) for check in checks]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _judge(self, check: Check) -> None:
        started = time.monotonic()
        try:
            runs = await self._runs(check)
        except asyncio.CancelledError:
            why = self.stopped or "the audit was stopped"
            self._report(check, (Run(outcomes=(inconclusive(f"not finished: {why}"),)),), started)
            raise
        self._report(check, runs, started)

    async def _runs(self, check: Check) -> tuple[Run, ...]:
        if check.needs_calibration and not self._scene.calibrated:
            reason = self._scene.reason or "owner and stranger could not be told apart"
            return (Run(outcomes=(inconclusive(f"no experiment could be made: {reason}"),)),)
        async with self._locks.held(check):
            if self.stopped:
                return (Run(outcomes=(inconclusive(f"not begun: {self.stopped}"),)),)
            first = await self._once(check, 1)
            if not any(_claims_proof(outcome) for outcome in first.outcomes):
                return (first,)
            return first, await self._once(check, 2)

    async def _once(self, check: Check, number: int) -> Run:
        self._emit(CheckStarted(check=check, run=number))
        run = Run(outcomes=(), name=f"{check.id}#{number}", pictured=number > 1)
        try:
            run.outcomes = _as_tuple(await self._play(check, run, number))
        except TargetUnreachable as error:
            self.stopped = self.stopped or f"the app no longer answers ({error})"
            run.outcomes = (inconclusive(f"the experiment broke off: {error}"),)
        except DriverError as error:
            run.outcomes = (inconclusive(f"the experiment broke off: {error}"),)
        except JournalError as error:
            run.outcomes = (inconclusive(str(error)),)
        except Exception as error:  # noqa: BLE001 — a check's crash is the engine's to report
            run.outcomes = (Outcome(verdict=Verdict.CRASHED, message=crash(error)),)
        finally:
            await _to_its_end(asyncio.create_task(self._tidy(run)))
        return guarded(run)

    async def _tidy(self, run: Run) -> None:
        try:
            await self._act(run)
            await self._performer.tidy(run.name)
        except (DriverError, JournalError):
            return  # what is still changed stands in the journal; the end of the audit tries again
        finally:
            self._rest(run)

    async def _play(self, check: Check, run: Run, number: int) -> Outcomes:
        # An app may remember the made-up values of the first run, so the second makes up others.
        detection = check.detect(replace(self._scene, seed=self._scene.seed + SEEDS * number))
        try:
            probe = next(detection)
            while True:
                probe = detection.send(await self._perform(probe, run))
        except StopIteration as end:
            outcomes: Outcomes = end.value
            return outcomes

    async def _perform(self, probe: Probe[Any], run: Run) -> object:
        if isinstance(probe, Together):
            return await self._perform_together(probe, run)
        if isinstance(probe, Wait):
            self._rest(run)
        elif not isinstance(probe, Replay | ReplayPersonal | Download):
            await self._act(run)
        result = await self._performer.perform(probe, run.name)
        seconds = time.monotonic() - run.started
        # a picture takes time, and what held needs none: only the repetition of what failed is drawn
        picture = await self._performer.picture(probe, result) if run.pictured else b""
        run.trace.append(Step(probe=probe, result=result, seconds=seconds, picture=picture))
        return result

    async def _perform_together(self, probe: Together, run: Run) -> tuple[object, ...]:
        """All at once. Where one fails the others are broken off: none may go on while the run is tidied up."""
        tasks = [asyncio.create_task(self._perform(one, run)) for one in probe.probes]
        try:
            return tuple(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _act(self, run: Run) -> None:
        """Take one of the few places for those that use a browser; a mere replay needs none."""
        async with run.turn:  # probes made together take one place between them
            if not run.acting:
                await self._slots.acquire()
                run.acting = True

    def _rest(self, run: Run) -> None:
        if run.acting:
            run.acting = False
            self._slots.release()

    def _report(self, check: Check, runs: Sequence[Run], started: float) -> None:
        for outcome in settled(runs):
            trace = _telling(runs, outcome)
            for kind, alive_after, dead_after in outcome.timeouts:
                self._emit(TimeoutMeasured(kind=kind, alive_after=alive_after, dead_after=dead_after))
            finding = Finding(
                check=check,
                verdict=outcome.verdict,
                message=self._redact(outcome.message),
                severity=outcome.severity or check.severity,
                confidence=outcome.confidence,
                where=tuple(
                    replace(place, url=shown_address(place.url, self._redact)) for place in outcome.where
                ),
                evidence=evidence_of(trace, self._redact),
                reproduce=reproduce(up_to_decision(trace), self._redact)
                if outcome.verdict is Verdict.FAILED
                else "",
                runs=len(runs),
                seconds=round(time.monotonic() - started, 1),
                pictures=pictures_of(runs[-1].trace, self._redact) if _claims_proof(outcome) else (),
            )
            self._emit(Judged(finding=finding))


def _room(scene: Scene) -> int | None:
    """How many sessions of one account all checks together may have; None is any number."""
    return None if scene.session_cap is None else max(1, scene.session_cap - KEPT_FREE)


def _each_alone(scene: Scene) -> bool:
    """Whether one check's login or logout would end what another has open.

    Under a cap that goes on counting what logged out, any login may push out the session that an experiment is about.
    """
    ends_all = scene.logout is not None and scene.logout.ends_all
    frees = scene.logout is not None and scene.logout.frees
    return ends_all or (scene.session_cap is not None and not frees)


async def _to_its_end(work: asyncio.Task[None]) -> None:
    """Wait until the work is done, however often the wait is cancelled meanwhile: a shield alone holds once.

    Where several are cancelled together, each that ends has the others cancelled once more.
    """
    cancelled = False
    while not work.done():
        try:
            await asyncio.wait({work})
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        raise asyncio.CancelledError
    await work


def crash(error: Exception) -> str:
    """A crash in one line: what, and where in the code."""
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    line = ""
    if where:
        line = f" (line {where.tb_lineno} of {Path(where.tb_frame.f_code.co_filename).name})"
    return f"{type(error).__name__}: {error}{line}"


def settled(runs: Sequence[Run]) -> tuple[Outcome, ...]:
    """What one or two runs come to: a defect is confirmed only where both runs show it at the same place."""
    if len(runs) == 1:
        return runs[0].outcomes
    first, second = runs[0].outcomes, runs[1].outcomes
    shown_again = [outcome for outcome in second if _claims_proof(outcome)]
    settled_outcomes = []
    for outcome in first:
        if (
            not _claims_proof(outcome)
            or any(again.where == outcome.where for again in shown_again)
            or (shown_again and len(first) == 1)
        ):
            settled_outcomes.append(outcome)
        else:
            other = "; ".join(sorted({again.message for again in second})) or "nothing"
            settled_outcomes.append(
                inconclusive(
                    f"shown once ({outcome.message}), but not when repeated: {other}", where=outcome.where
                )
            )
    return tuple(settled_outcomes)


def guarded(run: Run) -> Run:
    """A judgement without its controls is no judgement but a broken check."""
    probes = [step.probe for step in run.trace]
    run.outcomes = tuple(
        Outcome(verdict=Verdict.CRASHED, message=f"the check judged, but {lack}: {outcome.message}")
        if (lack := unguarded(outcome, probes))
        else outcome
        for outcome in run.outcomes
    )
    return run


def _claims_proof(outcome: Outcome) -> bool:
    return outcome.verdict is Verdict.FAILED and outcome.confidence is Confidence.CONFIRMED


def _as_tuple(outcomes: Outcomes) -> tuple[Outcome, ...]:
    return (outcomes,) if isinstance(outcomes, Outcome) else outcomes


def _telling(runs: Sequence[Run], outcome: Outcome) -> Sequence[Step]:
    """The run whose trace tells of the outcome: the first, save where the repetition changed the judgement."""
    return runs[-1].trace if len(runs) > 1 and outcome.verdict is Verdict.INCONCLUSIVE else runs[0].trace
