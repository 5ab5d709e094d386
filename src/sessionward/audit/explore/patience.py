"""Waiting for a page that draws itself late, as single-page apps do after they have loaded."""

from __future__ import annotations

from sessionward.audit.driver import Screen, Tab

LOOKS = 12
"""How often an empty page is looked at again, each time after it has settled."""


async def drawn(tab: Tab, screen: Screen) -> Screen:
    """The screen as soon as anything on it can be used, or the last look when nothing ever can.

    Raises DriverError where the page fails.
    """
    for _ in range(LOOKS):
        if any(each.visible for each in screen.elements):
            break
        await tab.settle()
        screen = await tab.look()
    return screen
