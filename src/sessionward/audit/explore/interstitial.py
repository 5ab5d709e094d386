"""Pages that come between the login and the app: stay signed in? accept the terms, a welcome, a tour to skip."""

from __future__ import annotations

from sessionward.audit.driver import Element, Screen, Tab
from sessionward.audit.explore.groups import is_field, is_pressed, is_tick, label, usable
from sessionward.audit.explore.lexicon import SHORT, WHOLE, Concept
from sessionward.audit.explore.words.access import LOGOUT, NEXT, REMEMBER
from sessionward.audit.explore.words.answers import NO, SKIP, YES
from sessionward.audit.explore.words.fields import TERMS

FEW = 8
LONGEST_BUTTON = 40


def asks_to_stay(screen: Screen) -> bool:
    """Whether the page asks if the login shall be remembered."""
    return _is_narrow(screen) and REMEMBER.within(screen.text) and _button(screen, NO, SKIP) is not None


def way_on(screen: Screen, *, remember: bool) -> tuple[Element, ...]:
    """What to tick and press to get past the page, empty where it is no such page.

    Only a dialog, or a page that offers little else, is taken for one: an app's own page has buttons called "next" too.
    """
    if asks_to_stay(screen):
        answer = _button(screen, YES, NEXT) if remember else _button(screen, NO, SKIP)
        return (answer,) if answer else ()
    dialog = tuple(each for each in screen.elements if each.in_dialog and usable(each))
    if dialog and not any(is_field(each) and not is_tick(each) for each in dialog):
        answer = _among(dialog, SKIP) or _among(dialog, NEXT) or _among(dialog, YES)
        return (answer,) if answer else ()
    if not _is_narrow(screen):
        return ()
    ticks = tuple(
        each for each in screen.elements if is_tick(each) and not each.checked and TERMS.within(label(each))
    )
    answer = _button(screen, SKIP) or _button(screen, NEXT) or _button(screen, YES)
    return (*ticks, answer) if answer else ()


async def leave_interstitial(tab: Tab, screen: Screen, *, remember: bool) -> Screen | None:
    """The screen after such a page, None where it is none. Raises DriverError."""
    steps = way_on(screen, remember=remember)
    if not steps:
        return None
    for each in steps:
        if is_tick(each):
            await tab.check(each, on=True)
        else:
            await tab.click(each)
    return await tab.look()


def _is_narrow(screen: Screen) -> bool:
    shown = [each for each in screen.elements if usable(each)]
    if any(is_field(each) and not is_tick(each) for each in shown):
        return False
    if any(LOGOUT.strength(label(each)) >= SHORT for each in shown) and len(shown) > FEW // 2:
        return False
    return 0 < len(shown) <= FEW


def _button(screen: Screen, *meanings: Concept) -> Element | None:
    shown = tuple(each for each in screen.elements if usable(each))
    return next((found for meaning in meanings if (found := _among(shown, meaning))), None)


def _among(elements: tuple[Element, ...], meaning: Concept) -> Element | None:
    fitting = [
        (meaning.strength(label(each)), is_pressed(each), each)
        for each in elements
        if not is_field(each)
        and len(label(each)) <= LONGEST_BUTTON
        and meaning.strength(label(each)) >= SHORT
    ]
    best = max(fitting, key=lambda one: one[:2], default=None)
    return best[2] if best and (best[0] >= WHOLE or best[1]) else None
