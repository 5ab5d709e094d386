"""A remembered login opens the account again after its owner logged out.

Why: people log out of a shared computer to leave nothing behind; whoever copied the remembered login's token, or
sits down next where the browser kept it, is let in without a password.
Proof: the token that outlasts the browser is shown to open the account alone; an untouched one of its kind is
saved, its owner logs out, and it alone is still shown the owner's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import experiment, leave, remembered_login, require, still_remembered
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Be remembered, log out, present the remembered token alone."""
    require(scene, "logout")
    found = yield from remembered_login(scene, keep=True)
    yield from leave(scene, found.session)
    return (yield from still_remembered(scene, found, "logging out"))


TOLD = story(__doc__)
CHECK = Check(
    id="remember-me-survives-logout",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.4.1", "WSTG-SESS-06", "CWE-539", "CWE-613"),
    personas=("teenager", "novice"),
    fix="Keep remembered logins as records on the server and delete the browser's record when it logs out.",
    detect=detect,
    sessions=2,
)
