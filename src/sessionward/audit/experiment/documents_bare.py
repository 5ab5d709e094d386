"""Documents asked for without a session; links that say how long they are good for are judged after that time."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from sessionward.audit.experiment.endings import Step
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.probe import Download, Wait
from sessionward.audit.scene import Document, Scene
from sessionward.http import Exchange, TokenSet

LEEWAY = 5.0
"""Seconds that clocks may differ by."""


@dataclass(slots=True, kw_only=True)
class Opened:
    """The documents by what became of them: given without a session, refused, or signed for longer than the wait."""

    open: list[Document] = field(default_factory=list)
    guarded: list[Document] = field(default_factory=list)
    lasting: list[Document] = field(default_factory=list)


def try_bare(scene: Scene, one: Document, tokens: TokenSet, found: Opened) -> Step[None]:
    """Ask with the owner's tokens and, where that gives the document, with none; after its stated life once more."""
    honest = yield from Download(document=one, tokens=tokens, party="owner", control=Guard.POSITIVE)
    if honest.shows != "owner" and one.expires is None:
        return
    bare = yield from Download(document=one, tokens=TokenSet(), party="nobody")
    if bare.shows == "owner" and one.expires is not None:
        if not (yield from outlived(scene, one.expires, bare.exchange)):
            found.lasting.append(one)
            return
        bare = yield from Download(document=one, tokens=TokenSet(), party="nobody")
    if bare.shows == "owner":
        found.open.append(one)
    elif bare.shows != "error":
        found.guarded.append(one)


def outlived(scene: Scene, expires: float, answer: Exchange) -> Step[bool]:
    """Wait until the link has ended by the app's own clock, as ``answer`` tells it. False where that takes too long.

    The clock is that of the Date header (RFC 9110, section 6.6.1).
    """
    now = server_time(answer)
    if now is None:
        return False
    left = expires - now + LEEWAY
    if left > scene.wait:
        return False
    if left > 0:
        yield from Wait(seconds=left)
    return True


def server_time(answer: Exchange) -> float | None:
    """The moment of the answer by the app's clock, in seconds of Unix time; None where it does not tell."""
    said = answer.response.header("date") if answer.response else None
    try:
        return parsedate_to_datetime(said).timestamp() if said else None
    except ValueError:
        return None
