"""After logging out, the Back button shows a private page again.

Why: at a shared computer the next person presses Back and reads what the patient had on the screen.
Proof: private pages are opened in a real browser, the account logs out with the app's own control, and Back is
pressed; a page that holds the account's private texts is shown although the browser is logged out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sessionward.audit.check import Check, Detection, Place, Severity, failed, passed, story, suspected
from sessionward.audit.experiment import Step, enter, experiment, leave, place, public_texts, require, walked
from sessionward.audit.observation import Session
from sessionward.audit.probe import Observe, Recall
from sessionward.audit.scene import Scene
from sessionward.http import Exchange

MOST_BACK = 8
SUCCESS = range(200, 300)


@experiment
def detect(scene: Scene) -> Detection:
    """Open, log out, go back step by step."""
    require(scene, "logout")
    session = yield from enter("owner", keep=True)
    yield from walked(scene, session)
    yield from leave(scene, session)
    public = yield from public_texts(scene, session)
    page = yield from Observe(session=session)
    made = page.exchanges
    for _ in range(MOST_BACK):
        page = yield from Observe(session=session, back=True)
        if not page.there:
            break
        if set(page.found) - public:
            return failed(
                "After logging out, the Back button showed a page with the owner's private data again.",
                where=(Place(method="GET", url=page.url),),
            )
    texts = {text for one in scene.private for text in one.markers.get("owner", ())} - public
    if urls := in_memory(made, texts):
        return suspected(
            "Going back asked the app anew; but pages with the owner's private data are sent without no-store, and "
            "browsers that keep the pages they left in memory (back/forward cache) may show them again as they were.",
            where=tuple(Place(method="GET", url=url) for url in urls),
            severity=Severity.LOW,
        )
    yield from could_keep(scene, session)
    return passed(
        "After logging out, going back showed nothing of the owner's data", where=(place(scene.oracle),)
    )


def could_keep(scene: Scene, session: Session) -> Step[None]:
    """Stop where the browser keeps nothing at all by https, for a certificate that it overlooks: of such a one, that
    it shows nothing again says nothing about those that people have. Its cache tells by refusing to be read.
    """
    if scene.oracle.request.url.startswith("https:"):
        yield from Recall(session=session, exchange=scene.oracle)


def in_memory(made: Sequence[Exchange], texts: Collection[str]) -> tuple[str, ...]:
    """The addresses of pages with such texts that a browser may keep in memory as they are.

    None where the app had the browser forget them (Clear-Site-Data). No more than three: they stand for all.
    """
    answered = [(one, one.response) for one in made if one.response is not None]
    if any(response.header("clear-site-data") for _, response in answered):
        return ()
    found = [
        one.request.url
        for one, response in answered
        if one.navigation
        and response.status in SUCCESS
        and "html" in response.media_type
        and "no-store" not in (response.header("cache-control") or "").lower()
        and any(text in response.text for text in texts)
    ]
    return tuple(dict.fromkeys(found))[:3]


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
