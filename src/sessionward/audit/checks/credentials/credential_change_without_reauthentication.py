"""The password can be changed without giving the present one.

Why: whoever finds an open session for a minute, or rides on one, takes the account over for good and locks its
owner out.
Proof: in a logged-in session the app's own form is sent with a wrong present password, with none, or as it is where
it never asks; afterwards the new password opens the account and the old one does not.
"""

from __future__ import annotations

from typing import Literal

from sessionward.audit.check import (
    Check,
    Detection,
    Disturbance,
    Place,
    Severity,
    failed,
    inconclusive,
    passed,
    story,
    suspected,
)
from sessionward.audit.experiment import Guard, Step, change_password, enter, experiment, look, require
from sessionward.audit.observation import Session
from sessionward.audit.probe import ChangePassword, Wait
from sessionward.audit.scene import Scene

Giving = Literal["wrong", "omitted"]
RECENT = 310.0
"""Seconds for which a sound app may take the login itself for the proof of who is there: five minutes are usual."""
BEAT = 60.0
YOUNG = (
    "Its session was only seconds old, and a sound app may ask again later: run with --wait 6m to try that with "
    "an older one."
)


@experiment
def detect(scene: Scene) -> Detection:
    """Try without the present password, then show that the form works with it."""
    require(scene, "password-change")
    asks = scene.password_change is not None and scene.password_change.asks_current
    where = (Place(method="GET", url=scene.password_change.url if scene.password_change else scene.start),)
    session = yield from enter("owner", keep=True)
    ways: tuple[Giving, ...] = ("wrong", "omitted") if asks else ("omitted",)
    unclear = ""
    for giving in ways:
        session = yield from living(scene, session)
        aged = asks or (yield from age(scene, session))
        changed = yield from ChangePassword(session=session, current=giving)
        if changed.effective and not aged:
            return suspected(f"{told(giving, asks=asks)} {YOUNG}", where=where)
        if changed.effective:
            return failed(told(giving, asks=asks), where=where)
        if not changed.refused:
            unclear = changed.reason or "whether the password changed could not be told"
    session = yield from living(scene, session)
    yield from change_password(session, Guard.POSITIVE)
    if unclear:
        return inconclusive(
            f"the change could not be tried without the present password: {unclear}", where=where
        )
    tried = "with a wrong present password and with none" if asks else "without answering who is asking"
    return passed(f"Changing the password {tried} was refused; with the right one it works", where=where)


def age(scene: Scene, session: Session) -> Step[bool]:
    """Use the session until its login counts as old, where there is time for that. Gives whether there was."""
    if scene.wait < RECENT:
        return False
    left = RECENT
    while left > 0:
        pause = min(left, scene.policy.inactivity_timeout / 3, BEAT)
        yield from Wait(seconds=pause)
        yield from look(scene, session.tokens, control=Guard.POSITIVE)
        left -= pause
    return True


def living(scene: Scene, session: Session) -> Step[Session]:
    """The session, or a fresh one where the app ended it over the last try."""
    seen = yield from look(scene, session.tokens, control=Guard.POSITIVE)
    return session if seen.opened else (yield from enter("owner", keep=True))


def told(giving: Giving, *, asks: bool) -> str:
    """How the change was made."""
    if giving == "wrong":
        return "The password was changed with a wrong present password."
    if asks:
        return "The password was changed by leaving out the field for the present one."
    return "The password was changed by a form that does not ask for the present one."


TOLD = story(__doc__)
CHECK = Check(
    id="credential-change-without-reauthentication",
    family="credentials",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.5.1", "WSTG-ATHN-09", "CWE-620", "CWE-306", "HIPAA-164.312(d)"),
    personas=("teenager", "adversarial"),
    fix="Ask for the present password (or another proof of who is there) on the server before the password changes,"
    " and refuse the request where it is missing.",
    detect=detect,
    disturbs=frozenset({Disturbance.CREDENTIALS, Disturbance.SESSIONS}),
)
