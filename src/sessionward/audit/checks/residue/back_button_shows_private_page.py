"""After logging out, the Back button shows a private page again.

Why: at a shared computer the next person presses Back and reads what the patient had on the screen.
Proof: private pages are opened in a real browser, the account logs out with the app's own control, and Back is
pressed; a page that holds the account's private texts is shown although the browser is logged out.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Place, Severity, failed, passed, story
from sessionward.audit.experiment import enter, experiment, leave, place, public_texts, require, walked
from sessionward.audit.probe import Observe
from sessionward.audit.scene import Scene

MOST_BACK = 8


@experiment
def detect(scene: Scene) -> Detection:
    """Open, log out, go back step by step."""
    require(scene, "logout")
    session = yield from enter("owner", keep=True)
    yield from walked(scene, session)
    yield from leave(scene, session)
    public = yield from public_texts(scene, session)
    for _ in range(MOST_BACK):
        page = yield from Observe(session=session, back=True)
        if not page.there:
            break
        if set(page.found) - public:
            return failed(
                "After logging out, the Back button showed a page with the owner's private data again.",
                where=(Place(method="GET", url=page.url),),
            )
    return passed(
        "After logging out, going back showed nothing of the owner's data", where=(place(scene.oracle),)
    )


TOLD = story(__doc__)
CHECK = Check(
    id="back-button-shows-private-page",
    family="residue",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-14.3.2", "WSTG-ATHN-06", "CWE-525", "HIPAA-164.312(a)(1)"),
    personas=("curious", "teenager", "novice"),
    fix="Send Cache-Control: no-store with every answer that depends on a session, and let a single-page app forget "
    "what it holds when it logs out.",
    detect=detect,
)
