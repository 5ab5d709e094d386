"""A page that asks by itself keeps the session alive although nobody is there.

Why: the open dashboard of a patient who went home polls for news all night, and each poll counts as activity.
Proof: pages are left open in real browsers without any input, beside a session that nothing uses; that one ends, and
one behind an open page is still shown the account's data.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from sessionward.audit.check import Check, Detection, Outcome, Severity, failed, passed, story
from sessionward.audit.experiment import (
    STRANGER,
    CannotTell,
    NotHere,
    OpenPage,
    Step,
    experiment,
    latest_end,
    look,
    must_be_refused,
    open_pages,
    park,
    place,
    spell,
)
from sessionward.audit.probe import Observe, Wait
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Leave pages open and one session parked for longer than the policy allows."""
    limit = latest_end(scene.policy.inactivity_timeout) + 1
    if scene.wait < limit:
        raise CannotTell(
            f"the policy ends idle sessions after {spell(scene.policy.inactivity_timeout)}; run with --wait "
            f"{limit + 5:.0f}s or longer to see whether an open page prevents that"
        )
    pages = yield from open_pages(scene)
    (parked,) = yield from park(scene, 1)
    yield from Wait(seconds=limit)
    alone = yield from look(scene, parked.held, STRANGER)
    if alone.opened:
        raise CannotTell(
            f"a session that nothing used was still alive after {spell(limit)}, so polling defeats nothing"
        )
    asked: list[str] = []
    for one in pages:
        outcome = yield from judged(scene, one, asked, limit)
        if outcome is not None:
            return outcome
    if not asked:
        raise NotHere(f"none of the {len(pages)} pages that were left open asked for anything by itself")
    return passed(
        f"Pages left open asked by themselves ({', '.join(sorted(set(asked)))}) and their sessions ended all the same",
        where=(place(scene.oracle),),
    )


def judged(scene: Scene, one: OpenPage, asked: list[str], limit: float) -> Step[Outcome | None]:
    """What a page asked for by itself, and whether its session is alive for that."""
    page = yield from Observe(session=one.session)
    made = [exchange.request.url for exchange in page.exchanges[one.made :]]
    calls = sorted({urlsplit(url).path for url in made})
    asked.extend(calls)
    kept = yield from look(scene, page.tokens, STRANGER)
    if not kept.opened:
        return None
    yield from must_be_refused(scene, page.tokens, STRANGER)
    if not calls:
        raise CannotTell(
            "a session behind an open page outlived one that nothing used, and no request of it was seen"
        )
    return failed(
        f"After {spell(limit)} without any input the session behind {urlsplit(one.url).path} was alive, while one "
        f"that nothing used had ended. The page asked by itself for: {', '.join(calls)}.",
        where=(place(scene.oracle),),
    )


TOLD = story(__doc__)
CHECK = Check(
    id="polling-defeats-idle-timeout",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.3.1", "WSTG-SESS-07", "CWE-613", "HIPAA-164.312(a)(2)(iii)"),
    personas=("elderly", "business"),
    fix="Count as activity only what a person did: a navigation, a change, a signal of the page's script about input; "
    "answer polls without moving the deadline.",
    detect=detect,
    account="stranger",
    uses=frozenset({"stranger"}),
    patient=True,
    sessions=None,
)
