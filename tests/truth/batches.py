"""The matrix check × hazard in batches: hazards that leave each other visible are switched on together."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sessionward.audit.browser import Scope, browser
from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks import CHECKS
from sessionward.audit.conduct.conductor import Conductor
from sessionward.audit.events import AuditFinished, Event, Finding, Judged
from sessionward.audit.journal import Journal
from sessionward.cli.demo_audit import audit_settings, demo_settings
from sessionward.demo import HAZARDS, make_certificate, serving

WHOLE = os.environ.get("SESSIONWARD_TRUTH") == "all"
"""Whether every check is played against every batch; else only those that a batch is about, as time is short."""
MINUTES = float(os.environ.get("SESSIONWARD_TEST_MINUTES", "inf"))
"""After so many minutes of testing no further batch is begun; without the variable there is no such end."""
BEGAN = time.monotonic()
WITHOUT_PROOF = frozenset({"hsts-missing"})
"""Checks that can only suspect: browsers heed Strict-Transport-Security for names, and the clinic is at an address."""
BY_HTTPS = frozenset({"cookie-without-secure", "hsts-missing", "clickjackable-action"})
"""What plain http has not: Secure, HSTS, and a cookie that goes into another site's frame."""
ALIVE_TOGETHER = "concurrent-sessions-unlimited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Hazards that are on together, and the timeouts in seconds of the clinic that has them."""

    name: str
    hazards: tuple[str, ...] = ()
    inactivity: float = 12.0
    absolute: float = 0.0
    wait: str = "30s"
    https: bool = False

    @property
    def own(self) -> frozenset[str]:
        """The checks that its hazards are about."""
        return frozenset(self.hazards)

    @property
    def scheme(self) -> str:
        """How the clinic is spoken to."""
        return "https" if self.https else "http"

    @property
    def found(self) -> frozenset[str]:
        """The checks that must fail: those of its hazards that show over its scheme."""
        return self.own if self.https else self.own - BY_HTTPS

    @property
    def proven(self) -> frozenset[str]:
        """The checks that must confirm."""
        return self.found - WITHOUT_PROOF

    @property
    def implied(self) -> Mapping[str, str]:
        """The checks that may fail as well, each with the reason that a hazard declares."""
        return {
            check: why
            for hazard in HAZARDS
            if hazard.id in self.hazards
            for check, why in hazard.implies.items()
        }

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks to be played."""
        about = {*self.own, *self.implied}
        return tuple(check.id for check in CHECKS if WHOLE or not self.hazards or check.id in about)


BATCHES = (
    Batch(name="sound"),
    Batch(
        name="doors",
        hazards=(
            ALIVE_TOGETHER,
            "cookie-without-httponly",
            "credential-change-without-reauthentication",
            "idle-timeout-missing",
            "login-csrf",
            "login-not-throttled",
            "logout-forgeable",
            "private-data-without-session",
        ),
    ),
    Batch(
        name="planted",
        hazards=(
            ALIVE_TOGETHER,
            "chosen-token-adopted",
            "password-change-keeps-sessions",
            "remember-me-survives-logout",
            "token-in-web-storage",
        ),
    ),
    Batch(
        name="kept",
        hazards=(
            ALIVE_TOGETHER,
            "logout-keeps-token-alive",
            "remember-me-survives-password-change",
            "token-survives-login",
        ),
    ),
    Batch(
        name="undying",
        hazards=(ALIVE_TOGETHER, "absolute-timeout-missing", "logout-misses-channel", "token-resurrects"),
        absolute=25.0,
        wait="35s",
    ),
    Batch(
        name="shared",
        hazards=(
            "back-button-shows-private-page",
            "logout-hard-to-find",
            "private-page-cacheable",
            "session-survives-browser-restart",
            "storage-left-after-logout",
        ),
    ),
    Batch(
        name="told",
        hazards=(
            ALIVE_TOGETHER,
            "cookie-sent-cross-site",
            "polling-defeats-idle-timeout",
            "token-echoed-in-body",
            "token-in-url",
        ),
    ),
    Batch(
        name="apart",
        hazards=(
            "account-enumeration",
            "document-link-without-session",
            "other-tenant-reachable",
            "other-users-record-readable",
            "role-boundary-crossed",
        ),
    ),
    Batch(name="timer", hazards=(ALIVE_TOGETHER, "idle-timeout-client-only")),
    Batch(name="line", hazards=("cookie-without-secure", "hsts-missing"), https=True),
    Batch(
        name="short tokens",
        hazards=(ALIVE_TOGETHER, "client-controlled-identity", "low-entropy-token"),
        inactivity=60.0,
    ),
    Batch(name="counted tokens", hazards=(ALIVE_TOGETHER, "predictable-token"), inactivity=60.0),
    # Where two logins get one token, one session takes the other's place: how many live together is then chance.
    Batch(name="repeated tokens", hazards=("duplicate-token",), inactivity=60.0),
    Batch(name="unchanging tokens", hazards=("static-token",), inactivity=60.0),
    Batch(name="telling tokens", hazards=(ALIVE_TOGETHER, "identity-readable-in-token"), inactivity=60.0),
    Batch(name="known key", hazards=(ALIVE_TOGETHER, "default-signing-key"), inactivity=60.0),
    Batch(name="guessed key", hazards=(ALIVE_TOGETHER, "jwt-weak-secret"), inactivity=60.0),
    Batch(name="unverified tokens", hazards=(ALIVE_TOGETHER, "jwt-signature-not-verified"), inactivity=60.0),
    # Over https: a cookie with SameSite=None must be Secure, and only such a one goes into another site's frame.
    Batch(
        name="forged",
        hazards=(
            ALIVE_TOGETHER,
            "clickjackable-action",
            "cors-exposes-private-data",
            "cross-site-form-accepted",
            "csrf-token-not-bound",
            "state-change-by-get",
        ),
        inactivity=60.0,
        https=True,
    ),
    Batch(
        name="endless tokens",
        hazards=(ALIVE_TOGETHER, "jwt-expiry-not-enforced"),
        inactivity=60.0,
        wait="170s",
    ),
)


PLAYED = (
    *BATCHES,
    *(replace(batch, https=not batch.https) for batch in BATCHES if WHOLE),
)
"""Over its own scheme each; where all is played, over the other one, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an audit said."""

    findings: tuple[Finding, ...]
    finished: AuditFinished
    problem: str

    def checks(self, verdict: Verdict, confidence: Confidence | None = None) -> frozenset[str]:
        """The checks with that verdict."""
        return frozenset(
            one.check.id
            for one in self.findings
            if one.verdict is verdict and (confidence is None or one.confidence is confidence)
        )


def private_directory(out: Path) -> Path:
    """A directory beside the report, for the clinic's certificate."""
    made = out.parent / f"{out.name}-certificate"
    made.mkdir(mode=0o700)
    return made


def out_of_time() -> bool:
    """Whether a batch would end too late."""
    return time.monotonic() - BEGAN > 60 * MINUTES


async def audited(batch: Batch, out: Path) -> Told:
    """Serve the clinic with the batch's hazards and audit it in a real browser."""
    events: list[Event] = []
    chosen = tuple(check for check in CHECKS if check.id in batch.checks)
    clinic = demo_settings(batch.hazards, inactivity=batch.inactivity, absolute=batch.absolute or None)
    made = make_certificate(await asyncio.to_thread(private_directory, out)) if batch.https else None
    async with serving(clinic, certificate=made) as url:
        settings = audit_settings(
            url,
            wait=batch.wait,
            checks=chosen,
            out=out,
            inactivity=batch.inactivity,
            absolute=batch.absolute,
        )
        async with browser(scope=Scope(start=url), verify_tls=not batch.https) as driver:
            problem = await Conductor(
                replace(settings, budget=1500.0), driver, Journal(out), events.append
            ).run()
    findings = tuple(event.finding for event in events if isinstance(event, Judged))
    finished = next(event for event in events if isinstance(event, AuditFinished))
    return Told(findings=findings, finished=finished, problem=problem)
