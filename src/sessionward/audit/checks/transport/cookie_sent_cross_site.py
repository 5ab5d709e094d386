"""The cookie that carries the login goes along with what other sites send.

Why: a forged request, a framed page and a cross-site script inclusion only work because the browser adds the cookie.
Proof: a page of another site asks for an image of the app and submits a form to it; the network stack of the
browser says that the cookie went along.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Outcome, Severity, failed, passed, story
from sessionward.audit.experiment import (
    CannotTell,
    NotHere,
    enter,
    entering_cookies,
    experiment,
    place,
    positive,
    with_path,
)
from sessionward.audit.observation import Session
from sessionward.audit.probe import Forge
from sessionward.audit.scene import Scene
from sessionward.http import Request


@experiment
def detect(scene: Scene) -> Detection:
    """Let another site ask in the two ways that differ."""
    if not entering_cookies(scene):
        raise NotHere("no cookie carries the login")
    session = yield from enter("owner", keep=True)
    yield from positive(scene, session.tokens)
    # An address that no app knows: what a form sends there changes nothing.
    nowhere = f"{under(scene, session)}sessionward-{scene.seed}"
    shown = yield from Forge(session=session, request=Request(method="GET", url=nowhere), how="image")
    form = Request(method="POST", url=nowhere, body=b"")
    posted = yield from Forge(session=session, request=form, how="form")
    if not (shown.sent or posted.sent):
        raise CannotTell(f"the browser sent neither of the two requests: {posted.reason or shown.reason}")
    return judged(scene, frozenset(shown.cookies), frozenset(posted.cookies))


def under(scene: Scene, session: Session) -> str:
    """An address below the path of the cookies that carry the login."""
    paths = [t.path for t in session.tokens if t.key in entering_cookies(scene)]
    return (
        with_path(scene.start).split("/", 3)[0]
        + "//"
        + with_path(scene.start).split("/", 3)[2]
        + (f"{max(paths, key=len).rstrip('/')}/" if paths else "/")
    )


def judged(scene: Scene, image: frozenset[str], form: frozenset[str]) -> Outcome:
    """What went along with the image is worse: no browser's default keeps it back."""
    mine, where = {key.name for key in entering_cookies(scene)}, (place(scene.oracle),)
    if along := sorted(mine & image):
        return failed(
            f"{', '.join(along)} went along with an image that another site asked for: it is sent with every "
            "request, whoever makes it.",
            where=where,
        )
    if along := sorted(mine & form):
        return failed(
            f"{', '.join(along)} went along with a form that another site sent. It has no SameSite: Chromium keeps it "
            "back once it is two minutes old, other browsers do not.",
            where=where,
            severity=Severity.LOW,
        )
    return passed("No cookie that carries the login went along with what another site sent", where=where)


TOLD = story(__doc__)
CHECK = Check(
    id="cookie-sent-cross-site",
    family="transport",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-3.3.2", "WSTG-SESS-02", "WSTG-SESS-05", "CWE-1275"),
    personas=("adversarial", "business"),
    fix="Set SameSite=Lax, or Strict where nobody comes by a link, on every cookie that carries the login.",
    detect=detect,
)
