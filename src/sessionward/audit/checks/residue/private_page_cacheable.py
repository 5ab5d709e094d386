"""The browser keeps a copy of a private page, also after logging out.

Why: whoever uses the same computer or gets hold of its disk reads the record from the browser's cache.
Proof: private pages are opened in a real browser and the account logs out; asked for its own cache alone, without
the app, the browser still gives the answer with the owner's data.
"""

from __future__ import annotations

from collections.abc import Iterable

from sessionward.audit.check import Check, Detection, Severity, failed, passed, story, suspected
from sessionward.audit.experiment import (
    CannotTell,
    Step,
    enter,
    experiment,
    leave,
    place,
    public_texts,
    require,
    walked,
)
from sessionward.audit.observation import Session
from sessionward.audit.probe import Recall
from sessionward.audit.scene import PersonalExchange, PrivateExchange, Scene
from sessionward.http import Exchange

MOST = 12
Known = PrivateExchange | PersonalExchange


@experiment
def detect(scene: Scene) -> Detection:
    """Open, ask the cache, log out, ask it again."""
    require(scene, "logout")
    session = yield from enter("owner", keep=True)
    last = yield from walked(scene, session)
    loaded = loaded_by(last.exchanges, (*scene.private, *scene.personal))
    if not loaded:
        raise CannotTell(
            "no answer with private data was loaded by its page in a way that a cache could keep"
        )
    stored = yield from recalled(session, loaded[:MOST])
    yield from leave(scene, session)
    yield from public_texts(scene, session)
    kept = yield from recalled(session, loaded[:MOST])
    total = len(loaded[:MOST])
    if kept:
        text = "After logging out, the browser's cache still held the owner's private data"
        return failed(f"{text}, at {len(kept)} of {total} addresses.", where=tuple(map(place, kept)))
    if stored:
        text = f"The browser's cache stored the owner's private data, at {len(stored)} of {total} addresses"
        return suspected(
            f"{text}. After logging out it gives none of that to a page, as the cookies are others by then (Vary); "
            "whether it is off the disk was not seen.",
            where=tuple(map(place, stored)),
            severity=Severity.LOW,
        )
    return passed(
        f"The browser kept none of the {len(loaded[:MOST])} answers with private data",
        where=tuple(map(place, loaded[:MOST])),
    )


def recalled(session: Session, known: Iterable[Known]) -> Step[list[Known]]:
    """Those whose private data the browser's cache gives out, the app not being asked."""
    found: list[Known] = []
    for one in known:
        answer = yield from Recall(session=session, exchange=one)
        if answer.shows == "owner":
            found.append(one)
    return found


def loaded_by(exchanges: Iterable[Exchange], known: Iterable[Known]) -> tuple[Known, ...]:
    """The known private answers that this browser has loaded itself, each address once."""
    seen = {exchange.request.url for exchange in exchanges if exchange.request.method == "GET"}
    return tuple({each.request.url: each for each in known if each.request.url in seen}.values())


TOLD = story(__doc__)
CHECK = Check(
    id="private-page-cacheable",
    family="residue",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-14.3.2", "WSTG-ATHN-06", "CWE-525", "HIPAA-164.312(a)(1)"),
    personas=("teenager", "curious"),
    fix="Send Cache-Control: no-store with every answer that holds private data, calls of scripts included; private, "
    "no-cache and max-age=0 let the browser write it to its disk.",
    detect=detect,
)
