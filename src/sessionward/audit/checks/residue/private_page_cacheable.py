"""The browser keeps a copy of a private page, also after logging out.

Why: whoever uses the same computer or gets hold of its disk reads the record from the browser's cache.
Proof: private pages are opened in a real browser and the account logs out; asked for its own cache alone, without
the app, the browser still gives the answer with the owner's data.
"""

from __future__ import annotations

from collections.abc import Iterable

from sessionward.audit.check import Check, Detection, Severity, failed, passed, story
from sessionward.audit.experiment import (
    CannotTell,
    enter,
    experiment,
    leave,
    place,
    public_texts,
    require,
    walked,
)
from sessionward.audit.probe import Recall
from sessionward.audit.scene import PersonalExchange, PrivateExchange, Scene
from sessionward.http import Exchange

MOST = 12
Known = PrivateExchange | PersonalExchange


@experiment
def detect(scene: Scene) -> Detection:
    """Open, log out, ask the cache."""
    require(scene, "logout")
    session = yield from enter("owner", keep=True)
    last = yield from walked(scene, session)
    loaded = loaded_by(last.exchanges, (*scene.private, *scene.personal))
    if not loaded:
        raise CannotTell(
            "no answer with private data was loaded by its page in a way that a cache could keep"
        )
    yield from leave(scene, session)
    yield from public_texts(scene, session)
    kept: list[Known] = []
    for known in loaded[:MOST]:
        answer = yield from Recall(session=session, exchange=known)
        if answer.shows == "owner":
            kept.append(known)
    count = f"{len(kept)} of {len(loaded[:MOST])}"
    if kept:
        text = f"After logging out, the browser's cache still held the owner's private data, at {count} addresses."
        return failed(text, where=tuple(map(place, kept)))
    return passed(
        f"The browser kept none of the {len(loaded[:MOST])} answers with private data",
        where=tuple(map(place, loaded[:MOST])),
    )


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
