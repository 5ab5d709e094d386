"""A document of an account is given to anybody who has its link, without a session.

Why: links to laboratory reports and scans end up in mails, histories and logs; whoever finds one reads the document.
Proof: each document that the owner's pages link to is asked for without any token; the same bytes come back, and the
document is the owner's: it holds its data, or the same place of another account's page has another document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sessionward.audit.check import (
    Check,
    Detection,
    Outcome,
    Place,
    Severity,
    failed,
    inconclusive,
    passed,
    story,
    suspected,
)
from sessionward.audit.experiment import (
    CannotTell,
    Guard,
    NotHere,
    Opened,
    counted,
    experiment,
    look,
    positive,
    resident,
    try_bare,
)
from sessionward.audit.scene import Document, Scene
from sessionward.http import TokenSet


@experiment
def detect(scene: Scene) -> Detection:
    """Ask for each document with the owner's tokens and with none."""
    known = tuple(
        one for one in scene.documents if not one.shared and (one.own or one.texts or not one.embedded)
    )
    if not known:
        raise NotHere(absent(scene.documents))
    session = yield from resident("owner", Guard.POSITIVE)
    yield from positive(scene, session.tokens)
    if (yield from look(scene, TokenSet(), control=Guard.EMPTY)).opened:
        raise CannotTell(
            "the owner's private page is shown without any session, so nothing follows for documents"
        )
    found = Opened()
    for one in known:
        yield from try_bare(scene, one, session.tokens, found)
    if not (found.open or found.guarded or found.lasting):
        raise CannotTell("no document that was met while exploring can still be had")
    return tuple(judged(found))


def judged(found: Opened) -> Iterator[Outcome]:
    """The defect where the document is known to be the owner's, a suspicion where only private pages lead to it."""
    total = len(found.open) + len(found.guarded)
    proven = [one for one in found.open if one.texts or (one.own and not one.embedded)]
    likely = [one for one in found.open if one not in proven]
    if proven:
        text = f"Given without a session: documents of the owner, at {counted(proven)} of {total}."
        yield failed(text, where=places(proven))
    if likely:
        text = f"Given without a session: files to which only private pages lead, at {counted(likely)} of {total}."
        yield suspected(text, where=places(likely), severity=Severity.MEDIUM)
    if found.guarded and not found.open:
        text = f"No document of the owner is given without a session ({counted(found.guarded)} asked)"
        yield passed(text, where=places(found.guarded))
    if found.lasting:
        text = f"signed links open without a session by their design, at {counted(found.lasting)}; their stated life is"
        yield inconclusive(f"{text} longer than this audit waits", where=places(found.lasting))


def places(ones: Sequence[Document]) -> tuple[Place, ...]:
    """Where they stand."""
    return tuple(Place(method="GET", url=one.request.url) for one in ones)


def absent(documents: Sequence[Document]) -> str:
    """Why no document can be asked for."""
    if documents:
        return f"the {len(documents)} files that were met are offered to both accounts, or are pictures of no account's"
    return "no link to a document that holds anything was met while exploring"


TOLD = story(__doc__)
CHECK = Check(
    id="document-link-without-session",
    family="isolation",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-8.2.2", "ASVS-8.3.1", "WSTG-ATHZ-04", "CWE-425", "HIPAA-164.312(a)(1)"),
    personas=("curious", "adversarial"),
    fix="Serve documents through the app, behind the same question for session and owner as the pages that link to them"
    "; a link that must work alone is signed and ends within minutes.",
    detect=detect,
)
