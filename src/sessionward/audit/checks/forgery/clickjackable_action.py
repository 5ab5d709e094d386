"""Another site can show the app in a frame and have the user click in it.

Why: the frame is made invisible and laid over something harmless; the patient clicks there and confirms, in the app, a
change that the other site chose the moment for.
Proof: in the owner's browser a page of another site shows the app's form in a frame; the form is drawn with the owner
logged in, and a click at the place of its button sends the request.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Outcome, Severity, failed, passed, story, suspected
from sessionward.audit.experiment import Guard, Victim, experiment, shown, victim
from sessionward.audit.observation import Lured
from sessionward.audit.probe import Lure
from sessionward.audit.scene import Scene

REFUSED = 400
"""From this status on the app did not do what was asked."""


@experiment
def detect(scene: Scene) -> Detection:
    """Let another site frame the form and click; the request is sent with what the account holds already."""
    whose = yield from victim(scene, needs_cookie=False)
    far = yield from Lure(session=whose.session, action=whose.action)
    yield from shown(scene, whose.session, Guard.LATER)
    if far.rendered:
        return clicked(whose, far)
    return passed(f"In a frame of another site the form is not to be had: {far.reason}.", where=whose.where)


def clicked(whose: Victim, seen: Lured) -> Outcome:
    """Proven where the click sent the request and the app took it, else a sign of it."""
    text = "In a frame of another site the form was drawn for the owner,"
    if seen.sent and 0 < seen.status < REFUSED and not seen.otherwise:
        text = f"{text} and a click on its button sent the request (status {seen.status})."
        return failed(text, where=whose.where)
    told = f"status {seen.status}, which {seen.otherwise}" if seen.otherwise else f"status {seen.status}"
    came = f"sent a request that was not taken ({told})" if seen.sent else "sent nothing"
    return suspected(f"{text} but a click on its button {came}.", where=whose.where, severity=Severity.LOW)


TOLD = story(__doc__)
CHECK = Check(
    id="clickjackable-action",
    family="forgery",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-3.4.6", "WSTG-CLNT-09", "CWE-1021"),
    personas=("adversarial", "business"),
    fix="Send Content-Security-Policy: frame-ancestors 'none' (or the sites that may embed it) with every page, and "
    "X-Frame-Options: DENY for older browsers; set SameSite=Lax or Strict on the session cookie.",
    detect=detect,
    acts=True,
)
