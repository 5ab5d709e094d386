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
    Planned,
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
ME = "GET http://127.0.0.1:8000/api/me"
ANSWERS = {"nobody": "status 401, application/json, 27 bytes", "error": "status 503, text/html, 0 bytes"}
HELD = {"owner": "‹token 5f1c9a77›", "stranger": "‹token 77aa00ee›", "nobody": ""}


def replay(
    at: float, *, party: str = "owner", shows: str = "owner", control: str = "", token: str | None = None
) -> EvidenceStep:
    """The private request, made with the tokens of ``party``."""
    held = HELD[party] if token is None else token
    invented = control == "random token"
    whose = "invented tokens" if invented else f"the tokens of {party}" if held else "no token"
    return EvidenceStep(
        probe=f"the private request is made with {whose}",
        party=party,
        request=f"{ME} with {f'cookie sid={held}' if held else 'no token'}",
        response=ANSWERS.get(shows, "status 200, application/json, 412 bytes"),
        shows=shows,
        control=control,
        seconds=at,
    )


def act(at: float, what: str, response: str, *, party: str = "owner") -> EvidenceStep:
    """Something done in a browser."""
    return EvidenceStep(
        probe=what, party=party, request="", response=response, shows="", control="", seconds=at
    )


def pause(at: float, seconds: float) -> EvidenceStep:
    """Nothing is done for a while."""
    return act(at, f"{seconds:g} seconds pass", "", party="")


def logs_in(at: float, party: str = "owner") -> EvidenceStep:
    """A login through the app's own form."""
    return act(at, f"{party} logs in", f"logged in; holds cookie sid={HELD[party]}", party=party)


def guarded(*middle: EvidenceStep, ends: str) -> tuple[EvidenceStep, ...]:
    """An experiment between its controls: the token worked before, ``middle`` happened, and then it shows ``ends``."""
    return (
        logs_in(0.0),
        replay(1.2, control="positive control"),
        *middle,
        replay(3.1, shows=ends),
        pause(18.1, 15),
        replay(18.2, shows=ends, control="delayed repeat"),
        replay(18.4, shows="nobody", control="random token", token="‹token 90ab12cd›"),
        replay(18.6, shows="nobody", control="no token", token=""),
        replay(18.8, party="stranger", shows="stranger", control="other account"),
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
CURL = 'curl -i -b "sid=$TOKEN_SID" http://127.0.0.1:8000/api/me'


def failures() -> tuple[Finding, ...]:
    """Three confirmed, of which one is critical, and one suspected."""
    return (
        *proven(),
        finding(
            checks.LIFETIME,
            Verdict.FAILED,
            "The token names no end of its life, and the policy is 12 h; nobody waited that long.",
            confidence=Confidence.SUSPECTED,
            evidence=(logs_in(0.0), replay(30.0, control="positive control")),
        ),
        finding(
            checks.LIMIT,
            Verdict.FAILED,
            "Six sessions of one account were alive at the same time; no limit showed.",
            confidence=Confidence.CONFIRMED,
            evidence=guarded(ends="owner"),
        ),
    )


def proven() -> tuple[Finding, ...]:
    """A logout that ends nothing, and a note that anybody may read."""
    return (
        finding(
            checks.LOGOUT,
            Verdict.FAILED,
            "After logging out, the tokens from before still open the owner's data, 15 s later too. "
            "The token is a signed one and says that it lives for 1 h.",
            confidence=Confidence.CONFIRMED,
            evidence=guarded(
                act(2.9, "owner logs out with the app's own control", "logged out"), ends="owner"
            ),
            where=AT_ME,
            reproduce=CURL,
        ),
        finding(
            checks.NO_SESSION,
            Verdict.FAILED,
            "The text planted in the owner's medical note came back to a request without any token.",
            confidence=Confidence.CONFIRMED,
            evidence=(
                replay(0.2, control="positive control"),
                replay(0.4, party="nobody", shows="owner"),
                replay(0.7, party="stranger", shows="stranger", control="other account"),
            ),
            where=(
                Place(method="GET", url="http://127.0.0.1:8000/api/notes/17/export?format=pdf&inline=true"),
            ),
            reproduce="curl -s 'http://127.0.0.1:8000/api/notes/17/export?format=pdf&inline=true'",
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
        finding(
            check,
            Verdict.PASSED,
            text,
            evidence=guarded(
                act(2.9, "owner logs out with the app's own control", "logged out"), ends="nobody"
            ),
        )
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
            left_alive=("a session of ana: logging it out was refused",),
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


def only_planned() -> tuple[Event, ...]:
    """A run that was only to say what it would do."""
    lines = (
        "Log in many times as ana (the owner) and as ben (the stranger).",
        "Change the password of ana and set it back.",
    )
    return (*opening(), scene_ready(), Planned(lines=lines), AuditFinished(seconds=12.0, requests=80))


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
