"""Other sessions of the account go on after its password was changed.

Why: people change a password because somebody may have got in; here the intruder stays in.
Proof: of two sessions of the owner, one changes the password (the new one works, the old one does not); the other
session's tokens are still shown the owner's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Disturbance, Outcome, Severity, inconclusive, story
from sessionward.audit.experiment import (
    NotHere,
    carriers,
    change_password,
    enter,
    experiment,
    failing,
    life_note,
    positive,
    replay_opens,
    require,
)
from sessionward.audit.scene import Scene

SESSIONS = 4
"""Two of the experiment, one kept for controls, one to try the new password."""


@experiment
def detect(scene: Scene) -> Detection:
    """Two sessions; change the password in the first; present the second."""
    require(scene, "password-change")
    if scene.session_cap == 1:
        raise NotHere("the app lets one session of an account live at a time")
    changer = yield from enter("owner", keep=True)
    other = yield from enter("owner")
    yield from positive(scene, changer.tokens)
    alive = yield from positive(scene, other.tokens)
    yield from change_password(changer)
    life = life_note(other.tokens, carriers(scene))
    verdict: Outcome = yield from replay_opens(
        scene,
        dict.fromkeys((alive.tokens, other.tokens)),
        failed=f"After the password was changed in one session, another session still opens the owner's data.{life}",
        passed="Changing the password ended the account's other session",
        used=alive.started,
    )
    if not failing(verdict) and scene.session_cap is not None and scene.session_cap < SESSIONS:
        return inconclusive(
            f"the other session ended, but the app lets only {scene.session_cap} live at once, so trying the new "
            "password may have pushed it out"
        )
    return verdict


TOLD = story(__doc__)
CHECK = Check(
    id="password-change-keeps-sessions",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.4.3", "WSTG-SESS-06", "WSTG-ATHN-09", "CWE-613"),
    personas=("student", "novice"),
    fix="When the password changes, end every other session and remembered login of the account (or offer to, "
    "switched on by default) and give the session that changed it a new token.",
    detect=detect,
    disturbs=frozenset({Disturbance.CREDENTIALS, Disturbance.SESSIONS}),
)
