"""Carries out one audit and tells its listeners; whatever happens, it puts back, logs out, and finishes its report."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import urlsplit

from sessionward.audit.calibrate import Calibration
from sessionward.audit.check import Disturbance
from sessionward.audit.conduct.calibrating import calibrated_scene, learn_cap
from sessionward.audit.conduct.entering import CannotEnter, Entrance, enter, enter_others
from sessionward.audit.conduct.gathering import fetched_documents, planted_canary
from sessionward.audit.conduct.others import know_others
from sessionward.audit.conduct.plan import plan_of
from sessionward.audit.conduct.renewing import traded
from sessionward.audit.conduct.surveying import Survey, survey
from sessionward.audit.conduct.unjudged import report_unjudged
from sessionward.audit.driver import Driver, DriverError
from sessionward.audit.engine import Engine, crash
from sessionward.audit.events import (
    AuditFinished,
    AuditStarted,
    Event,
    Judged,
    Listener,
    Noted,
    Planned,
    SceneReady,
    StageStarted,
)
from sessionward.audit.evidence import shown_address
from sessionward.audit.explore.explorer import Limits
from sessionward.audit.journal import Journal, JournalError
from sessionward.audit.perform.performer import Performer
from sessionward.audit.perform.stage import Stage
from sessionward.audit.scene import Scene
from sessionward.audit.settings import Settings, party_names, people_of
from sessionward.http import Redactor

EXPLORING = 0.25
"""The part of the budget that exploring may take, and at most so many seconds:"""
LONGEST_EXPLORING = 60.0
UNVERIFIED = (
    "The certificate of the app was not checked (verify_tls = false under [target]): whoever sits in between could "
    "have read the passwords of the accounts, and patients may be shown a warning."
)
LEAVING = 120.0
"""How long in seconds putting back and logging out may take after the budget is spent."""


class Conductor:
    """One audit. ``stop`` ends it early from outside (Ctrl-C): the report of what was done is still made."""

    def __init__(self, settings: Settings, driver: Driver, journal: Journal, emit: Listener) -> None:
        self._settings, self._driver, self._journal, self._emit = settings, driver, journal, emit
        self._judged: set[str] = set()
        self._engine: Engine | None = None
        self._work: asyncio.Task[None] | None = None
        self._stopped = ""
        self._cancelled = False
        self._ready = False
        self._accounts: Mapping[str, tuple[bool, str]] = {}
        self._unasked = "only the plan was asked for" if settings.plan else ""
        self.authenticated = False
        """Whether the oracle told owner, stranger, anonymous and a random token apart."""

    def stop(self, reason: str) -> None:
        """End the audit early. Safe to call more than once: a second cancelling would break off what tidies up."""
        if self._stopped:
            return
        self._stopped = reason
        if self._engine:
            self._engine.stopped = reason
        if self._work:
            self._work.cancel()

    async def run(self) -> str:
        """Carry it out. Gives why it could not be carried out, or an empty text."""
        settings, started = self._settings, time.monotonic()
        performer = Performer(self._stage())
        self._say(
            AuditStarted(
                target=shown_address(settings.config.target.url, performer.stage.redactor),
                policy=asdict(settings.policy),
                seed=settings.seed,
                checks=tuple(check.id for check in settings.checks),
            )
        )
        if not settings.config.target.verify_tls:
            self._say(Noted(text=UNVERIFIED, warning=True))
        problem = "" if self._stopped else await self._work_through(performer)
        self._tell_how_far(self._stopped or problem, performer.stage.redactor)
        left = await self._leave(performer)
        reason = self._stopped or problem or (self._engine.stopped if self._engine else "")
        try:
            report_unjudged(settings.checks, self._judged, reason or self._unasked, self._say)
            self._say(
                AuditFinished(
                    seconds=round(time.monotonic() - started, 1),
                    requests=self._driver.requests,
                    complete=not reason,
                    reason=reason,
                    left_alive=left,
                    unrestored=performer.unrestored,
                )
            )
        finally:
            self._journal.close()
        if self._cancelled:
            raise asyncio.CancelledError
        return "" if self._stopped else reason

    async def _work_through(self, performer: Performer) -> str:
        """The audit proper, until it ends, fails or is stopped. Gives why it could not be carried out, or nothing."""
        self._work = asyncio.create_task(self._audit(performer))
        budget = self._settings.budget
        timer = asyncio.get_running_loop().call_later(
            budget, self.stop, f"the budget of {budget:g} s ran out"
        )
        redact = performer.stage.redactor
        try:
            await self._work
        except asyncio.CancelledError:
            if not self._stopped:  # not by us: handed on once everything is put back and told
                self._cancelled, self._stopped = True, "it was cancelled"
        except CannotEnter as error:
            self._accounts = error.accounts
            return redact(str(error))
        except (DriverError, JournalError) as error:
            return redact(str(error))
        except Exception as error:  # noqa: BLE001 — a fault of ours must not leave passwords changed and sessions open
            return redact(f"Sessionward itself failed: {crash(error)}")
        finally:
            timer.cancel()
        return ""

    def _tell_how_far(self, reason: str, redact: Redactor) -> None:
        """Where it ended before the scene was ready: who got in until then."""
        if reason and not self._ready:
            accounts = {name: (entered, redact(why)) for name, (entered, why) in self._accounts.items()}
            self._say(SceneReady(authenticated=False, reason=reason, accounts=accounts, coverage={}))

    def _stage(self) -> Stage:
        settings, redactor = self._settings, Redactor()
        people = people_of(settings.config.account, settings.mails)
        for person in people:
            redactor.add(person.password, kind="password")
            redactor.add(person.totp, kind="secret")
        redactor.add(urlsplit(settings.config.target.url).password or "", kind="password")
        return Stage(
            driver=self._driver,
            people=dict(zip(party_names(people), people, strict=True)),
            redactor=redactor,
            journal=self._journal,
            hints=settings.hints,
            scene=Scene(
                start=settings.config.target.url,
                policy=settings.policy,
                wait=settings.wait,
                seed=settings.seed,
            ),
        )

    def _say(self, event: Event) -> None:
        if isinstance(event, Judged):
            self._judged.add(event.finding.check.id)
        self._ready = self._ready or isinstance(event, SceneReady)
        self._emit(event)

    async def _audit(self, performer: Performer) -> None:
        settings, redactor = self._settings, performer.stage.redactor
        entrance = await enter(performer, settings.config.target.url, settings.out / "pictures", self._say)
        self._accounts = entrance.accounts
        seconds = min(settings.budget * EXPLORING, LONGEST_EXPLORING)
        found = await survey(
            performer,
            entrance.owner,
            Limits(seconds=seconds, exclude=settings.config.target.exclude),
            self._say,
            settings.seed,
        )
        canaries = await self._gather(performer, entrance, found)
        calibration = await calibrated_scene(performer, entrance, found, self._say, canaries=canaries)
        self.authenticated = calibration.calibrated
        if calibration.calibrated and not settings.plan:
            wanted = frozenset[str]().union(*(check.uses for check in settings.checks))
            exclude = settings.config.target.exclude
            performer.stage.scene = await know_others(performer, entrance, found, canaries, exclude, wanted)
            performer.stage.scene = await learn_cap(performer, calibration.renewals)
        else:
            await enter_others(performer, entrance)
        self._say(
            SceneReady(
                authenticated=calibration.calibrated,
                reason=redactor(calibration.reason),
                accounts={name: (ok, redactor(why)) for name, (ok, why) in entrance.accounts.items()},
                coverage=coverage_of(found, calibration),
                facts=tuple(map(redactor, (*calibration.facts, *traded(performer.stage.scene.renewing)))),
            )
        )
        if settings.plan:
            lines = plan_of(performer.stage.scene, settings.checks)
            self._say(Planned(lines=tuple(redactor(line) for line in lines)))
            return
        self._say(StageStarted(stage="experimenting"))
        self._engine = Engine(
            scene=performer.stage.scene, performer=performer, emit=self._say, redact=redactor
        )
        await self._engine.run(settings.checks)

    async def _gather(self, performer: Performer, entrance: Entrance, found: Survey) -> tuple[str, ...]:
        """Add documents and, where a check may change data, a canary to what was recorded. Gives the canaries."""
        settings, tab = self._settings, performer.book.tab(entrance.owner)
        canary = ""
        acts = any(check.acts for check in settings.checks)
        if not settings.plan and (
            acts or any(Disturbance.DATA in check.disturbs for check in settings.checks)
        ):
            screens, missing = found.exploration.screens, found.missing if acts else None
            canary = await planted_canary(performer, entrance.owner, screens, settings.seed, missing)
        owner = await performer.sessions.refresh(entrance.owner)
        documents = await fetched_documents(
            performer, owner, found.exploration.documents, settings.config.target.exclude
        )
        found.exchanges = (*tab.recorded(), *documents)
        return (canary,) if canary else ()

    async def _leave(self, performer: Performer) -> tuple[str, ...]:
        """Put back and log out, whatever came before; what fails here is said, not raised."""
        self._say(StageStarted(stage="leaving"))
        try:
            async with asyncio.timeout(LEAVING):
                return await performer.leave()
        except TimeoutError:
            return (f"logging out took more than {LEAVING:g} s and was given up",)
        except Exception as error:  # noqa: BLE001 — the report of what was done is worth more than its cause
            problem = performer.stage.redactor(str(error) if isinstance(error, DriverError) else crash(error))
            self._say(Noted(text=f"Logging out broke off: {problem}", warning=True))
            return ("not all sessions could be ended",)


def coverage_of(found: Survey, calibration: Calibration) -> Mapping[str, object]:
    """What was reached, in figures."""
    return {
        "screens": len(found.exploration.screens),
        "addresses": len(found.exploration.addresses),
        "exchanges": len(found.exchanges),
        "private_exchanges": len(calibration.private),
        "logout": found.logout is not None,
        "password_change": found.password is not None,
        "remember_me": found.login.remember,
    }
