"""Another site can log a browser in to an account of its own choosing.

Why: the patient enters symptoms, documents and card numbers into an account that belongs to somebody else.
Proof: in a browser where nobody is logged in, a page of another site sends the login of the second account;
afterwards that browser is shown the second account's data.
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
    CannotTell,
    Guard,
    NotHere,
    Step,
    attempts,
    belongs,
    enter,
    experiment,
    login_requests,
    place,
    refused,
    shown,
    with_fresh_tokens,
)
from sessionward.audit.observation import Session
from sessionward.audit.probe import Close, Forge, OpenBrowser, Visit, Wait
from sessionward.audit.scene import Scene
from sessionward.http import Carrier


@experiment
def detect(scene: Scene) -> Detection:
    """Learn the login of the second account, let another site send it from a fresh browser."""
    attacker = yield from enter("stranger", keep=True)
    if not any(token.carrier is Carrier.COOKIE for token in attacker.tokens):
        raise NotHere("logging in sets no cookie, so another site cannot put a login into a browser")
    yield from shown(scene, attacker, Guard.POSITIVE)
    yield from Close(session=attacker)
    sent = login_requests(attacker.exchanges, scene.parties["stranger"].username)
    forgeable = attempts(scene, sent, ending=False)
    if not sent:
        return inconclusive("no request of the login carries the user's name, so there is none to forge")
    if not forgeable:
        return inapplicable(
            f"the login is made by {sent[-1].method}, which no page of another site can send unasked"
        )
    own = yield from OpenBrowser()
    yield from Close(session=own)
    victim = yield from OpenBrowser()
    before = yield from Visit(session=victim, exchange=scene.oracle, control=Guard.BEFORE)
    if before.shows != "nobody":
        raise CannotTell(f"a fresh browser was already shown {refused(before)}")
    unsent = ""
    for attempt in forgeable:
        request = with_fresh_tokens(attempt.request, attacker.exchanges, own.exchanges)
        forged = yield from Forge(session=victim, request=request, how=attempt.how)
        unsent = unsent if forged.sent else forged.reason or "no reason given"
    landed = yield from logged_in(scene, victim)
    told, where = ", then ".join(attempt.told for attempt in forgeable), (place(scene.oracle),)
    if landed:
        return failed(f"Another site logged a browser in to the second account ({told}).", where=where)
    if unsent:
        return inconclusive(f"the browser did not send the forged login: {unsent}", where=where)
    return passed(f"A login sent by another site ({told}) logs nobody in", where=where)


def logged_in(scene: Scene, victim: Session) -> Step[bool]:
    """Whether the browser is now shown the second account, and still is a moment later."""
    seen = yield from Visit(session=victim, exchange=scene.oracle)
    if not belongs(seen, "stranger", "the visit after the forged login"):
        return False
    yield from Wait(seconds=2, control=Guard.LATER)
    seen = yield from Visit(session=victim, exchange=scene.oracle, control=Guard.LATER)
    return belongs(seen, "stranger", Guard.LATER)


TOLD = story(__doc__)
CHECK = Check(
    id="login-csrf",
    family="forgery",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-3.5.1", "WSTG-SESS-05", "CWE-352", "HIPAA-164.312(d)"),
    personas=("adversarial",),
    fix="Give the login form a token that is bound to the browser (a cookie of the login page) and refuse logins "
    "whose Origin or Sec-Fetch-Site header names another site.",
    detect=detect,
    account="stranger",
    uses=frozenset({"stranger"}),
)
