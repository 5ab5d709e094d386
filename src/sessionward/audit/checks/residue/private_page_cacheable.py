"""The browser keeps a copy of a private page, also after logging out.

Why: whoever uses the same computer or gets hold of its disk reads the record from the browser's cache.
Proof: private pages are opened in a real browser and the account logs out; asked for its own cache alone, without
the app, the browser still gives the answer with the owner's data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

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
    """The known private answers that this browser has loaded itself, each address once, as it was asked for there.

    A script may write a new number into the address each time, and each copy is kept for itself.
    """
    seen = [exchange.request.url for exchange in exchanges if exchange.request.method == "GET"]
    found: dict[str, Known] = {}
    for each in known:
        alike = [url for url in seen if _asked(url) == _asked(each.request.url)]
        if alike:
            url = each.request.url if each.request.url in alike else alike[-1]
            found[url] = replace(each, request=replace(each.request, url=url))
    return tuple(found.values())


def _asked(url: str) -> tuple[str, str, frozenset[str]]:
    """The address without the values of its query."""
    parts = urlsplit(url)
    names = (name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return parts.netloc, parts.path, frozenset(names)


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
