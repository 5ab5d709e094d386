"""The cookie that carries the login is sent over plain http.

Why: one link or image with an http address is enough, and whoever shares the network reads the session's cookie.
Proof: a browser that holds the session opens the app's host over plain http while a listener of ours sits on the
line; the cookie stands in what it sent, and it alone opens the owner's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import NotHere, enter, entering_cookies, experiment, exposed, positive
from sessionward.audit.probe import Overhear
from sessionward.audit.scene import Scene
from sessionward.http import Carrier


@experiment
def detect(scene: Scene) -> Detection:
    """Hold the session in a browser, ask over http, read along."""
    if not scene.https:
        raise NotHere(
            "the app is spoken to over plain http; what Secure keeps a cookie from shows over https alone"
        )
    if not entering_cookies(scene):
        raise NotHere("no cookie carries the login")
    session = yield from enter("owner", keep=True)
    yield from positive(scene, session.tokens)
    heard = yield from Overhear(session=session)
    # Browsers send cookies with Secure over http to the machine itself, so the attribute must lack as well.
    marked = {t.key for t in session.tokens if t.carrier is Carrier.COOKIE and t.secure}
    return (yield from exposed(scene, session, heard.tokens - marked, "goes over the line in plain http"))


TOLD = story(__doc__)
CHECK = Check(
    id="cookie-without-secure",
    family="transport",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-3.3.1", "WSTG-SESS-02", "WSTG-SESS-09", "CWE-614", "HIPAA-164.312(e)(1)"),
    personas=("adversarial", "business"),
    fix="Set Secure on every cookie that carries the login, best with a name that begins with __Host-, and answer "
    "plain http with a redirect alone.",
    detect=detect,
)
