"""Closing the browser does not log out: the session is there again when it is started.

Why: people at a shared computer close the window instead of logging out, and the next person opens it again.
Proof: without asking to be remembered an account logs in, the browser is really closed and started again with the same
profile, and its first page shows the account's data.
"""

from __future__ import annotations

import time

from sessionward.audit.check import Check, Detection, Severity, failed, passed, story
from sessionward.audit.experiment import (
    CannotTell,
    Guard,
    Step,
    carriers,
    enter,
    experiment,
    must_be_refused,
    other_lives,
    place,
    positive,
    refused,
    spell,
)
from sessionward.audit.observation import Answer, Session
from sessionward.audit.probe import Observe, Restart, Visit, Wait
from sessionward.audit.scene import Scene
from sessionward.http import TokenSet

MOMENT = 5.0
"""Seconds within which a page of scripts should be there on a busy machine."""


@experiment
def detect(scene: Scene) -> Detection:
    """Log in, close, start, look."""
    session = yield from enter("owner", keep=True)
    yield from positive(scene, session.tokens)
    again = yield from Restart(session=session)
    seen = yield from looked_into(scene, again)
    where = (place(scene.oracle),)
    if seen.shows == "nobody":
        yield from positive(
            scene, session.tokens
        )  # it was the browser that forgot, not the session that ended
        yield from other_lives(scene)
        return passed("Started again, the browser is logged out", where=where)
    if seen.shows != "owner":
        raise CannotTell(f"started again, the browser was shown {refused(seen)}")
    yield from must_be_refused(scene, session.tokens)
    return failed(f"Started again, the browser is still logged in{kept(scene, session.tokens)}.", where=where)


def looked_into(scene: Scene, again: Session) -> Step[Answer]:
    """Open the private page. Where nobody's data is shown and no form to log in either, its script may only be slow: it
    is given a moment and opened again."""
    seen = yield from Visit(session=again, exchange=scene.oracle)
    if seen.shows != "nobody" or (yield from Observe(session=again, exchange=scene.oracle)).asks_login:
        return seen
    yield from Wait(seconds=MOMENT, control=Guard.LATER)
    return (yield from Visit(session=again, exchange=scene.oracle, control=Guard.LATER))


def kept(scene: Scene, tokens: TokenSet) -> str:
    """For how long its cookies are kept, as far as they say."""
    ends = [token.expires for token in tokens.only(carriers(scene)) if token.expires is not None]
    return f"; its cookie is kept for {spell(max(0.0, min(ends) - time.time()))}" if ends else ""


TOLD = story(__doc__)
CHECK = Check(
    id="session-survives-browser-restart",
    family="transport",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=(
        "ASVS-7.3.2",
        "WSTG-SESS-02",
        "WSTG-SESS-07",
        "CWE-539",
        "CWE-613",
        "HIPAA-164.312(a)(2)(iii)",
    ),
    personas=("novice", "teenager"),
    fix="Set neither Expires nor Max-Age on the session's cookie and keep no token in local storage; offer to be "
    "remembered as a choice of its own, with a token of its own.",
    detect=detect,
)
