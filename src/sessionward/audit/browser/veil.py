"""Pictures that show what a page looked like and nothing that stood on it: no patient data in any artefact.

Rule: everything is covered, and only what is known to be harmless is left open. The other way round, to cover what is
known to be private, would show the first name that nobody planted. Where it cannot be told that all is covered there
is no picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files

from playwright.async_api import Page

SCRIPT = files(__package__).joinpath("veil.js").read_text(encoding="utf-8")
LIFT = "() => document.__veil?.()"
LARGEST = 60_000
"""Bytes of a picture: a report holds dozens of them and is sent by mail."""
QUALITIES = (55, 30, 12)
SHORTEST = 4
"""Shorter private texts ("7", "no") stand everywhere and frame half the page."""


async def veiled(page: Page, *, private: Sequence[str], harmless: Callable[[str], bool]) -> bytes:
    """A JPEG of the viewport, at most ``LARGEST`` bytes, empty where none can be taken.

    ``private`` are texts whose places are framed; ``harmless`` tells of a control's caption whether it may be read.
    Raises playwright's Error.
    """
    captions = await page.evaluate(SCRIPT, {"harmless": None, "own": []})
    known = [text for text in captions if harmless(text)]
    telling = [text for text in private if len(text) >= SHORTEST]
    try:
        if await page.evaluate(SCRIPT, {"harmless": known, "own": telling}) is not True:
            return b""
        for quality in QUALITIES:
            picture = await page.screenshot(type="jpeg", quality=quality, scale="css", timeout=5_000)
            if len(picture) <= LARGEST:
                return picture
        return b""
    finally:
        await page.evaluate(LIFT)
