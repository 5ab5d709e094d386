"""Cookie banners: answered once, by refusing where that is offered, so that they do not lie over what follows."""

from __future__ import annotations

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.groups import identifiers, is_link, is_pressed, label, usable
from sessionward.audit.explore.lexicon import SHORT, WHOLE
from sessionward.audit.explore.words.access import LOGIN, REGISTER
from sessionward.audit.explore.words.answers import ACCEPT, COOKIES, REJECT


def banner_answer(screen: Screen) -> Element | None:
    """The button that answers a cookie banner, None where no banner is seen.

    A page that merely speaks of cookies is no banner: the button's own words must fit, and its place or makers too.
    """
    if not (COOKIES.within(screen.text) or any(COOKIES.marks(identifiers(each)) for each in screen.elements)):
        return None
    best: tuple[int, Element] | None = None
    for each in screen.elements:
        points = _points(each) if usable(each) and is_pressed(each) and not is_link(each) else 0
        if points > 0 and (best is None or points > best[0]):
            best = (points, each)
    return best[1] if best else None


async def clear(tab: Tab, screen: Screen) -> Screen:
    """The screen without its cookie banner, the same screen where there was none or it does not go away."""
    answer = banner_answer(screen)
    if answer is None:
        return screen
    try:
        await tab.click(answer)
        return await tab.look()
    except DriverError:
        return await tab.look()


def _points(element: Element) -> int:
    words = label(element)
    if LOGIN.strength(words) or REGISTER.strength(words):
        return 0
    refusing, accepting = REJECT.strength(words), ACCEPT.strength(words)
    if max(refusing, accepting) < SHORT:
        return 0
    marked = COOKIES.marks(identifiers(element)) or COOKIES.within(words)
    if not (marked or element.in_dialog or max(refusing, accepting) >= WHOLE):
        return 0
    return 4 * (refusing >= SHORT) + max(refusing, accepting) + 2 * marked + element.in_dialog
