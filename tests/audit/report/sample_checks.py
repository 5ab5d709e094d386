"""Checks with the words of real ones and nothing to detect."""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Severity, inapplicable
from sessionward.audit.probe import Wait
from sessionward.audit.scene import Scene


def detect_nothing(scene: Scene) -> Detection:
    """What a check of a report's test does when it is run: it says that there is nothing."""
    yield Wait(seconds=0)
    return inapplicable(f"{scene.start} has no such thing")


def make_check(
    name: str, *, severity: Severity = Severity.HIGH, family: str = "lifecycle", **words: str
) -> Check:
    """A check called ``name``. ``words`` are title, why, proof and fix where they matter."""
    title = words.get("title", name.replace("-", " ").capitalize())
    return Check(
        id=name,
        family=family,
        title=title,
        why=words.get("why", "Whoever holds the token is the patient to the app."),
        proof=words.get(
            "proof", "A browser that never logged in presents the token and is shown the owner's data."
        ),
        severity=severity,
        requirements=("ASVS-7.4.1", "WSTG-SESS-06", "CWE-613", "HIPAA-164.312(a)(2)(iii)"),
        personas=("novice", "teenager"),
        fix=words.get("fix", "End the session on the server. Then clear the cookie."),
        detect=detect_nothing,
    )


LOGOUT = make_check(
    "logout-keeps-token-alive",
    title="Logging out leaves the token alive",
    why="On a shared device, in a proxy's log or in a stolen backup the token opens the account after the patient "
    "has logged out, and the patient can do nothing about it.",
    proof="The tokens saved before logging out are presented after it, from a fresh connection, and the owner's data "
    "comes back.",
    fix="End the session on the server when the person logs out; clearing the cookie is not enough. With signed "
    "tokens keep a list of ended ones until they expire, or make them live for minutes.",
)
PASSWORD = make_check(
    "password-change-keeps-sessions",
    severity=Severity.HIGH,
    title="Changing the password leaves other sessions alive",
    why="A person changes the password because somebody else may be in the account. That somebody stays.",
    proof="A second session of the same account is shown the owner's data after the first one changed the password.",
    fix="End every other session of the account when its password changes, or offer it in the same step.",
)
NO_SESSION = make_check(
    "private-data-without-session",
    severity=Severity.CRITICAL,
    family="isolation",
    title="Private data is served without a session",
    why="Anybody who knows or guesses the address reads a patient's records, without an account and without a trace.",
    proof="A text that the auditor planted in the owner's private data is in an answer to a request without any token.",
    fix="Check the session on the server for each request that returns personal data; a guard in the page's script "
    "guards nothing.",
)
STORAGE = make_check(
    "token-in-web-storage",
    severity=Severity.MEDIUM,
    family="transport",
    title="The token lies where scripts can read it",
    fix="Keep the token in a cookie with HttpOnly.",
)
LIMIT = make_check(
    "concurrent-sessions-unlimited",
    severity=Severity.LOW,
    title="Sessions at one time are not limited",
    fix="Limit the sessions of one account, or list them to their owner.",
)
LIFETIME = make_check(
    "absolute-timeout-missing", severity=Severity.MEDIUM, title="A session lives beyond its lifetime"
)
IDLE = make_check("idle-timeout-missing", title="An idle session stays open")
FIXATION = make_check("token-survives-login", title="The token from before the login opens the account")
CHOSEN = make_check("chosen-token-adopted", title="The app adopts a token that somebody else chose")
FORGERY = make_check(
    "login-csrf", severity=Severity.MEDIUM, family="forgery", title="Another site can log a person in"
)
THROTTLE = make_check(
    "login-not-throttled", severity=Severity.MEDIUM, family="credentials", title="Guessing is free"
)
REMEMBER = make_check("remember-me-survives-logout", title="Being remembered survives logging out")
REMEMBER_PASSWORD = make_check(
    "remember-me-survives-password-change", title="Being remembered survives a new password"
)
RESURRECTS = make_check("token-resurrects", title="An ended token comes back to life")
HTTPONLY = make_check(
    "cookie-without-httponly", severity=Severity.MEDIUM, title="Scripts can read the session cookie"
)

CHECKS = (
    LIFETIME,
    CHOSEN,
    LIMIT,
    HTTPONLY,
    IDLE,
    FORGERY,
    THROTTLE,
    LOGOUT,
    PASSWORD,
    NO_SESSION,
    REMEMBER,
    REMEMBER_PASSWORD,
    STORAGE,
    RESURRECTS,
    FIXATION,
)
