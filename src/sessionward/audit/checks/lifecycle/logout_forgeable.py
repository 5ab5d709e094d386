"""Another site can log the user out.

Why: a page in another tab ends a consultation in the middle, or throws away a half-filled form.
Proof: a browser is logged in as the owner; a page of another site sends what the second account's logout sent;
afterwards that browser is no longer shown the account, while a harmless request of that site before had left it
alone.
"""

from __future__ import annotations

from sessionward.audit.check import (
    Check,
    Detection,
    Severity,
    failed,
    inapplicable,
    inconclusive,
    passed,
    story,
)
from sessionward.audit.experiment import (
    Attempt,
    CannotTell,
    Guard,
    NotHere,
    Step,
    carriers,
    enter,
    experiment,
    leave,
    logout_attempts,
    other_lives,
    place,
    refused,
    require,
    shown,
    with_path,
)
from sessionward.audit.observation import Answer, Forged, Session
from sessionward.audit.probe import Forge, Visit, Wait
from sessionward.audit.scene import Scene
from sessionward.http import Carrier, Request


@experiment
def detect(scene: Scene) -> Detection:
    """Learn the second account's logout, let another site send it from the owner's browser."""
    require(scene, "logout")
    attacker = yield from enter("stranger", keep=True)
    out = yield from leave(scene, attacker)
    forgeable = logout_attempts(scene, out)
    if not out.requests:
        return inapplicable("logging out sends no request; it happens in the page alone")
    if not forgeable:
        return inapplicable("no page of another site can send the requests that log out unasked")
    victim = yield from enter("owner", keep=True)
    if not any(token.carrier is Carrier.COOKIE for token in victim.tokens):
        raise NotHere(
            "the browser holds no cookie, so a request of another site carries nothing of the account"
        )
    yield from shown(scene, victim, Guard.POSITIVE)
    harmless = Request(method="GET", url=with_path(scene.start))
    yield from Forge(session=victim, request=harmless, how="navigate", control=Guard.HARMLESS)
    yield from shown(scene, victim, Guard.BEFORE, after="a link of another site to the start page")
    where, unsent = (place(scene.oracle),), ""
    for attempt in forgeable:
        forged = yield from Forge(session=victim, request=attempt.request, how=attempt.how)
        unsent = unsent if forged.sent else forged.reason or "no reason given"
        seen = yield from logged_out(scene, victim, attempt)
        if seen.shows == "nobody":
            yield from other_lives(scene)
            note = how_so(scene, victim, forged, seen)
            return failed(f"Another site logged the owner out ({attempt.told}).{note}", where=where)
    if unsent:
        return inconclusive(f"the browser did not send a forged logout: {unsent}", where=where)
    told = ", ".join(attempt.told for attempt in forgeable)
    return passed(f"A logout sent by another site ({told}) leaves the owner logged in", where=where)


def logged_out(scene: Scene, victim: Session, attempt: Attempt) -> Step[Answer]:
    """Shows nobody where the owner's browser has lost the account, and still has a moment later."""
    seen = yield from Visit(session=victim, exchange=scene.oracle)
    if seen.shows == "nobody":
        yield from Wait(seconds=2, control=Guard.LATER)
        seen = yield from Visit(session=victim, exchange=scene.oracle, control=Guard.LATER)
    if seen.shows not in {"owner", "nobody"}:
        raise CannotTell(f"after {attempt.told} the owner's browser was shown {refused(seen)}")
    return seen


def how_so(scene: Scene, victim: Session, forged: Forged, seen: Answer) -> str:
    """What the browser kept back, and how the account was lost all the same."""
    held = victim.tokens.keys & seen.tokens.keys & carriers(scene)
    lost = sorted(
        key.name
        for key in held - seen.tokens.same_values(victim.tokens, held)
        if key.carrier is Carrier.COOKIE and key.name not in forged.cookies
    )
    note = f" {forged.reason.rstrip('.')}." if forged.reason else ""
    if not lost:
        return note
    return f"{note} The answer put a new {' and '.join(lost)} over the one that was kept back, which ends the login."


TOLD = story(__doc__)
CHECK = Check(
    id="logout-forgeable",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.LOW,
    requirements=("ASVS-3.5.3", "ASVS-10.6.2", "WSTG-SESS-05", "WSTG-SESS-06", "CWE-352"),
    personas=("adversarial", "impatient"),
    fix="Log out by POST only, with a token that is bound to the session, and refuse the request where its Origin "
    "or Sec-Fetch-Site header names another site. Set no session cookie in the answer to a request that came without "
    "one from another site.",
    detect=detect,
    uses=frozenset({"owner", "stranger"}),
)
