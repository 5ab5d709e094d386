"""A token lies in web storage, where any script of the page can read it.

Why: one injected script, or one of the many that a page loads from others, takes the session along and uses it
anywhere.
Proof: the exact value that carries the login is found in the page's web storage, and a client that holds only that
is shown the owner's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import experiment, read_by_scripts, readable_opens
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Read the storage of a live page, present only what is there."""
    session, stored = yield from read_by_scripts(scene)
    return (yield from readable_opens(scene, session, stored.readable_storage, "in web storage"))


TOLD = story(__doc__)
CHECK = Check(
    id="token-in-web-storage",
    family="transport",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-3.3.4", "ASVS-14.3.3", "WSTG-SESS-02", "WSTG-SESS-10", "WSTG-CLNT-12", "CWE-922"),
    personas=("adversarial", "power user"),
    fix="Keep the session in a cookie with HttpOnly; where a script needs a token, let it be short-lived and in "
    "memory only.",
    detect=detect,
)
