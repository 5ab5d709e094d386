"""Runs as the engine would tell them: with defects, clean, never let in, stopped in the middle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessionward.audit.check import Check, Confidence, Place, Verdict
from sessionward.audit.events import (
    AuditFinished,
    AuditStarted,
    CheckStarted,
    Event,
    EvidenceStep,
    Finding,
    Judged,
    Noted,
    SceneReady,
    StageStarted,
    TimeoutMeasured,
)
from sessionward.audit.report.record import Record, after, begin
from tests.audit.report import sample_checks as checks

TARGET = "http://127.0.0.1:8000/"
STARTED = "2026-03-02T09:30:00+00:00"
POLICY: dict[str, object] = {
    "profile": "patient-portal",
    "inactivity_timeout": 900.0,
    "absolute_lifetime": 43200.0,
    "concurrent_sessions": None,
    "failed_logins": 10,
}
ME = "GET http://127.0.0.1:8000/api/me\nAccept: application/json"
OWNER_ANSWER = 'HTTP 200\nContent-Type: application/json\n\n{"name": "Ana Lima", "email": "ana@example.org"}'
NOBODY_ANSWER = 'HTTP 401\nContent-Type: application/json\n\n{"detail": "Not logged in"}'
TOKEN = "‹token 5f1c9a77›"


def step(
    probe: str, at: float, *, party: str = "owner", shows: str = "", control: str = "", token: str = TOKEN
) -> EvidenceStep:
    """A step; with ``shows`` it is a replay of the private request, else something done in a browser."""
    cookie = f"\nCookie: sid={token}" if token else ""
    answer = {"": "", "nobody": NOBODY_ANSWER, "error": "HTTP 503"}.get(shows, OWNER_ANSWER)
    request = ME + cookie if shows else ""
    return EvidenceStep(
        probe=probe, party=party, request=request, response=answer, shows=shows, control=control, seconds=at
    )


def guarded(*middle: EvidenceStep, ends: str) -> tuple[EvidenceStep, ...]:
    """An experiment between its controls: the token worked before, ``middle`` happened, and then it shows ``ends``."""
    return (
        step("LogIn", 0.0),
        step("Replay", 1.2, shows="owner", control="positive control"),
        *middle,
        step("Replay", 3.4, shows="nobody", party="nobody", control="random token", token="‹token 90ab12cd›"),
        step("Replay", 3.6, shows="nobody", party="nobody", control="no token", token=""),
        step(
            "Replay",
            3.8,
            shows="stranger",
            party="stranger",
            control="other account",
            token="‹token 77aa00ee›",
        ),
        step("Replay", 4.1, shows=ends),
        step("Wait", 4.1),
        step("Replay", 19.2, shows=ends),
    )


def finding(
    check: Check,
    verdict: Verdict,
    message: str,
    *,
    confidence: Confidence | None = None,
    evidence: Sequence[EvidenceStep] = (),
    where: tuple[Place, ...] = (),
    reproduce: str = "",
) -> Finding:
    """A finding of ``check`` with the check's own severity."""
    return Finding(
        check=check,
        verdict=verdict,
        message=message,
        severity=check.severity,
        confidence=confidence,
        evidence=tuple(evidence),
        where=where,
        reproduce=reproduce,
        runs=2 if confidence is Confidence.CONFIRMED else 1,
        seconds=19.4,
    )


AT_ME = (Place(method="GET", url="http://127.0.0.1:8000/api/me"),)
CURL = "curl -s -H 'Cookie: sid=$TOKEN' http://127.0.0.1:8000/api/me"


def failures() -> tuple[Finding, ...]:
    """Two confirmed, one of them critical, one more by design of severity, one suspected."""
    return (
        finding(
            checks.LOGOUT,
            Verdict.FAILED,
            "After logging out, the tokens from before still open the owner's data, 15 s later too. "
            "The token is a signed one and says that it lives for 1 h.",
            confidence=Confidence.CONFIRMED,
            evidence=guarded(step("LogOut", 2.9), ends="owner"),
            where=AT_ME,
            reproduce=CURL,
        ),
        finding(
            checks.NO_SESSION,
            Verdict.FAILED,
            "The text planted in the owner's medical note came back to a request without any token.",
            confidence=Confidence.CONFIRMED,
            evidence=(
                step("ReplayPersonal", 0.2, shows="owner", control="positive control"),
                step("ReplayPersonal", 0.4, party="nobody", shows="owner", token=""),
            ),
            where=(
                Place(method="GET", url="http://127.0.0.1:8000/api/notes/17/export?format=pdf&inline=true"),
            ),
            reproduce="curl -s 'http://127.0.0.1:8000/api/notes/17/export?format=pdf&inline=true'",
        ),
        finding(
            checks.LIFETIME,
            Verdict.FAILED,
            "The token names no end of its life, and the policy is 12 h; nobody waited that long.",
            confidence=Confidence.SUSPECTED,
            evidence=(step("LogIn", 0.0), step("Replay", 30.0, shows="owner", control="positive control")),
        ),
        finding(
            checks.LIMIT,
            Verdict.FAILED,
            "Six sessions of one account were alive at the same time; no limit showed.",
            confidence=Confidence.CONFIRMED,
            evidence=guarded(ends="owner"),
        ),
    )


def successes() -> tuple[Finding, ...]:
    """What held."""
    words = (
        (checks.FIXATION, "The tokens from before the login show nothing of the owner."),
        (checks.CHOSEN, "A token chosen beforehand was replaced at login and opens nothing."),
        (checks.RESURRECTS, "The ended token stayed dead after the next login."),
        (checks.FORGERY, "The forged login of another site left the browser logged out."),
        (checks.THROTTLE, "After 5 wrong passwords the app answered 429."),
    )
    return tuple(
        finding(check, Verdict.PASSED, text, evidence=guarded(step("LogOut", 2.9), ends="nobody"))
        for check, text in words
    )


def unjudged() -> tuple[Finding, ...]:
    """What could not be told, what does not apply, what broke."""
    remember = "The login offers no way to be remembered: the form has no such box."
    return (
        finding(
            checks.IDLE,
            Verdict.INCONCLUSIVE,
            "Alive after 60 s idle; the policy is 15 min. Run with --wait 16m.",
        ),
        finding(
            checks.PASSWORD,
            Verdict.INCONCLUSIVE,
            "No form to change the password was found. Give its address under [login] or link it from the profile.",
        ),
        finding(checks.REMEMBER, Verdict.INAPPLICABLE, remember),
        finding(checks.REMEMBER_PASSWORD, Verdict.INAPPLICABLE, remember),
        finding(checks.HTTPONLY, Verdict.INAPPLICABLE, "No cookie carries the session; a header does."),
        finding(
            checks.STORAGE, Verdict.CRASHED, "The check broke: LookupError: no private exchange is known"
        ),
    )


def opening() -> tuple[Event, ...]:
    """Up to the scene."""
    return (
        AuditStarted(target=TARGET, policy=POLICY, seed=7, checks=tuple(check.id for check in checks.CHECKS)),
        StageStarted(stage="entering"),
        StageStarted(stage="exploring", note="at most 40 screens"),
        StageStarted(stage="calibrating"),
    )


def scene_ready(*, authenticated: bool = True, reason: str = "") -> SceneReady:
    """The scene of two accounts."""
    return SceneReady(
        authenticated=authenticated,
        reason=reason,
        accounts={"ana": (authenticated, reason), "ben": (True, "")},
        coverage={"screens": 23, "private exchanges": 6, "forms filled": 4, "requests seen": 211},
        facts=("The cookie sid carries the session.", "One logs out by the button “Sign out” in the menu."),
    )


def judged(findings: Iterable[Finding]) -> tuple[Event, ...]:
    """Each finding with the beginning of its check before it."""
    return tuple(event for one in findings for event in (CheckStarted(check=one.check), Judged(finding=one)))


def with_defects() -> tuple[Event, ...]:
    """A whole run that found something."""
    return (
        *opening(),
        scene_ready(),
        StageStarted(stage="experimenting"),
        TimeoutMeasured(kind="inactivity", alive_after=60.0, dead_after=None),
        TimeoutMeasured(kind="absolute", alive_after=1800.0, dead_after=3700.0),
        *judged((*failures(), *successes(), *unjudged())),
        StageStarted(stage="restoring"),
        Noted(text="The app answered 429 three times; the audit slowed down."),
        Noted(
            text="The certificate is self-signed and was accepted because verify_tls is false.", warning=True
        ),
        StageStarted(stage="leaving"),
        AuditFinished(
            seconds=148.2,
            requests=612,
            left_alive=("a session of ana that was opened at 00:41 s",),
            unrestored=("The phone number of ana stayed +00 100 200.",),
        ),
    )


def clean() -> tuple[Event, ...]:
    """A run in which all that was tried held."""
    start = AuditStarted(
        target=TARGET, policy=POLICY, seed=7, checks=tuple(one.check.id for one in successes())
    )
    return (start, scene_ready(), *judged(successes()), AuditFinished(seconds=40.0, requests=300))


def never_in() -> tuple[Event, ...]:
    """A run that was not let in."""
    reason = "The login form answered “Wrong password” to the account ana. Correct its password in the configuration."
    blind = tuple(
        finding(check, Verdict.INCONCLUSIVE, f"The audit is not logged in, so nothing can be told. {reason}")
        for check in checks.CHECKS
    )
    end = AuditFinished(seconds=9.0, requests=31, complete=False, reason="The audit was never logged in.")
    return (*opening(), scene_ready(authenticated=False, reason=reason), *judged(blind), end)


def stopped() -> tuple[Event, ...]:
    """A run that somebody ended after the first judgement."""
    end = AuditFinished(seconds=31.0, requests=120, complete=False, reason="Stopped from the keyboard.")
    return (*opening(), scene_ready(), *judged(failures()[:1]), end)


def record_of(events: Iterable[Event]) -> Record:
    """All events added up, one a second."""
    record = begin(started=STARTED, catalogue=checks.CHECKS)
    for number, event in enumerate(events):
        record = after(record, event, at=float(number))
    return record
