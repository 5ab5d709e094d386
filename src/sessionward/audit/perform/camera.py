"""Pictures of what a probe left on the screen, for a reader who believes a page sooner than a status code."""

from __future__ import annotations

from typing import Any

from sessionward.audit.driver import DriverError
from sessionward.audit.explore.lexicon import WHOLE
from sessionward.audit.explore.words.access import FORGOT, LOGIN, LOGOUT, NEXT, REGISTER, REMEMBER
from sessionward.audit.explore.words.fields import EMAIL, PASSWORD, USERNAME
from sessionward.audit.explore.words.pages import ACCOUNT, CHANGE_PASSWORD, SAVE, SECURITY
from sessionward.audit.observation import Session
from sessionward.audit.perform.book import Book
from sessionward.audit.perform.stage import Stage
from sessionward.audit.probe import Close, Probe

HARMLESS = (
    *(LOGIN, LOGOUT, REGISTER, FORGOT, NEXT, REMEMBER),
    *(USERNAME, EMAIL, PASSWORD, ACCOUNT, CHANGE_PASSWORD, SAVE, SECURITY),
)
"""What a control may be called to be left readable: words of any app, in any of some thirty languages."""

MARKUP = "<>\"' \n\t"
"""A marker is found in an answer's source; on the page its text stands without what parts it from the markup."""


class Camera:
    """Takes pictures of the browsers in the book."""

    def __init__(self, stage: Stage, book: Book) -> None:
        self._stage, self._book = stage, book

    async def picture(self, probe: Probe[Any], result: object) -> bytes:
        """The page in the browser that ``probe`` acted in, as a small JPEG without anything private.

        Empty where it acted in none, or none could be taken: a missing picture is no failure of an experiment.
        """
        session = result if isinstance(result, Session) else getattr(probe, "session", None)
        if not isinstance(session, Session) or isinstance(probe, Close):
            return b""
        try:
            tab = self._book.entry(session).tab
            return b"" if tab is None else await tab.picture(private=self._private(), harmless=is_harmless)
        except DriverError:
            return b""

    def _private(self) -> tuple[str, ...]:
        """What tells whose page it is; empty before calibration."""
        scene = self._stage.scene
        texts = [
            text.strip(MARKUP) for one in scene.private for found in one.markers.values() for text in found
        ]
        return tuple(dict.fromkeys(texts))


def is_harmless(caption: str) -> bool:
    """Whether a caption is one of the words that stand on any app's controls, and nothing else."""
    return any(concept.strength(caption) == WHOLE for concept in HARMLESS)
