"""Private data or a living token stays in the browser's storage after logging out.

Why: the next person at the computer, and any script that runs there later, reads what the app left behind.
Proof: private pages are opened, the account logs out, and its private texts, or a token that still opens the
account, stand in web storage, IndexedDB, the cache of a service worker or a readable cookie.
"""

from __future__ import annotations

from collections.abc import Collection

from sessionward.audit.check import Check, Detection, Outcome, Severity, failed, passed, story, suspected
from sessionward.audit.experiment import (
    enter,
    experiment,
    leave,
    look,
    must_be_refused,
    place,
    public_texts,
    require,
    walked,
)
from sessionward.audit.observation import Storage
from sessionward.audit.probe import Look
from sessionward.audit.scene import Scene

AREAS = {
    "local": "local storage",
    "session": "session storage",
    "indexeddb": "IndexedDB",
    "cache": "the cache of its service worker",
}


@experiment
def detect(scene: Scene) -> Detection:
    """Use, log out, read what is left."""
    require(scene, "logout")
    session = yield from enter("owner", keep=True)
    page = yield from walked(scene, session)
    yield from leave(scene, session)
    public = yield from public_texts(scene, session)
    left = yield from Look(session=session)
    token = session.tokens.only(left.readable_storage)
    if token and (yield from look(scene, token)).opened:
        yield from must_be_refused(scene, token)
        names = ", ".join(sorted(map(str, token.keys)))
        return failed(f"A token that still opens the account was left in the browser's storage ({names}).")
    return judged(scene, left, [text for text in page.found if text not in public])


def judged(scene: Scene, left: Storage, private: Collection[str]) -> Outcome:
    """What stands in the storage, against what only the account's pages showed."""
    login = scene.parties["owner"].username
    places, mere = set[str](), set[str]()
    stored = [*left.items, *(("cookie", name, value) for name, value in left.document_cookie)]
    for area, _, value in stored:
        texts = {text for text in private if text in value}
        if texts:
            (mere if texts <= {login, login.partition("@")[0]} else places).add(
                AREAS.get(area, "a readable cookie")
            )
    where = (place(scene.oracle),)
    if places:
        return failed(
            f"After logging out, private data of the owner was left in {', '.join(sorted(places))}.",
            where=where,
        )
    if mere:
        return suspected(
            f"After logging out, the owner's login name was left in {', '.join(sorted(mere))}.",
            where=where,
            severity=Severity.LOW,
        )
    return passed(
        f"Nothing of the {len(private)} private texts that the pages showed was left in the browser's storage",
        where=where,
    )


TOLD = story(__doc__)
CHECK = Check(
    id="storage-left-after-logout",
    family="residue",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-14.3.1", "WSTG-SESS-06", "CWE-922", "CWE-459", "HIPAA-164.312(a)(1)"),
    personas=("teenager", "novice"),
    fix="Clear what the app stored when it logs out, on the server's word: answer the logout with "
    'Clear-Site-Data: "cache", "storage".',
    detect=detect,
)
