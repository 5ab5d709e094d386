"""The way to log out is missing on pages that show the account.

Why: people who do not see how to log out close the window instead, and leave the session to whoever comes next.
Proof: pages of the logged-in account are opened in a real browser and searched, menus included, for the control that
logs out elsewhere in the same app.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Place, Severity, failed, passed, story, suspected
from sessionward.audit.experiment import CannotTell, enter, experiment, other_lives, positive
from sessionward.audit.experiment.live_page import private_pages
from sessionward.audit.probe import Observe
from sessionward.audit.scene import Scene

MOST = 5


@experiment
def detect(scene: Scene) -> Detection:
    """Open the start page and private pages, and look for the way out on each."""
    session = yield from enter("owner", keep=True)
    yield from positive(scene, session.tokens)
    if scene.logout is None:
        why = scene.missing.get("logout", "no control to log out was found")
        return suspected(f"No way to log out was found: {why}.")
    seen, without = list[str](), list[str]()
    for known in (None, *private_pages(scene, MOST)):
        page = yield from Observe(
            session=session, exchange=known, url="" if known else scene.start, logout=True
        )
        if page.asks_login or page.url in seen or (page.logout == "nowhere" and not page.found):
            continue  # a page that shows nothing of the account is one of its pages where it offers the way out
        seen.append(page.url)
        if page.logout == "nowhere":
            without.append(page.url)
    yield from other_lives(scene)
    if not seen:
        raise CannotTell("none of the pages that were opened showed the account")
    places = tuple(Place(method="GET", url=url) for url in (without or seen))
    if 2 * len(without) > len(seen):
        text = f"{len(without)} of {len(seen)} pages of the account offer no way to log out, in sight or in a menu."
        return failed(text, where=places)
    some = f"{len(seen) - len(without)} of {len(seen)}" if without else f"all {len(seen)}"
    return passed(f"Logging out is offered on {some} pages that were opened", where=places)


TOLD = story(__doc__)
CHECK = Check(
    id="logout-hard-to-find",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.LOW,
    requirements=("ASVS-7.4.4", "WSTG-SESS-06", "HIPAA-164.312(a)(2)(iii)"),
    personas=("novice", "elderly", "accessibility"),
    fix="Show the way to log out at the same place of every page that shows the account, in sight or one step into a "
    "menu that is named for the account.",
    detect=detect,
)
