"""Scripts can read the cookie that carries the login.

Why: one injected script, or one of the many that a page loads from others, takes the session along and uses it
anywhere.
Proof: a script on the page reads the cookie's value, and a client that holds only that is shown the owner's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import (
    NotHere,
    entering_cookies,
    experiment,
    read_by_scripts,
    readable_opens,
)
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Read document.cookie of a live page, present only what is there."""
    if not entering_cookies(scene):
        raise NotHere("no cookie carries the login")
    session, stored = yield from read_by_scripts(scene)
    return (yield from readable_opens(scene, session, stored.readable_cookies, "in document.cookie"))


TOLD = story(__doc__)
CHECK = Check(
    id="cookie-without-httponly",
    family="transport",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-3.3.4", "WSTG-SESS-02", "CWE-1004", "HIPAA-164.312(a)(1)"),
    personas=("adversarial",),
    fix="Set HttpOnly on every cookie that carries the login.",
    detect=detect,
)
