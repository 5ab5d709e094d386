"""A remembered login opens the account again after the password was changed.

Why: a new password is how people shut out whoever got in; a remembered login of the intruder needs no password.
Proof: the token that outlasts the browser is shown to open the account alone; an untouched one of its kind is
saved, the password is changed from another session, and it alone is still shown the owner's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Disturbance, Severity, story
from sessionward.audit.experiment import (
    change_password,
    enter,
    experiment,
    must_offer_it,
    remembered_login,
    require,
    still_remembered,
)
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Be remembered, change the password elsewhere, present the remembered token alone."""
    must_offer_it(scene)
    require(scene, "password-change")
    found = yield from remembered_login(scene, keep=False)
    changer = yield from enter("owner", keep=True)
    yield from change_password(changer)
    return (yield from still_remembered(scene, found, "changing the password"))


TOLD = story(__doc__)
CHECK = Check(
    id="remember-me-survives-password-change",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.4.3", "WSTG-ATHN-09", "CWE-539", "CWE-613"),
    personas=("student", "teenager"),
    fix="Delete every remembered login of the account when its password changes.",
    detect=detect,
    disturbs=frozenset({Disturbance.CREDENTIALS, Disturbance.SESSIONS}),
)
