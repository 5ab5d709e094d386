"""Menus that must be opened before what is in them can be seen: what opens one, and opening it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.flows import Handle
from sessionward.audit.explore.groups import (
    address_words,
    identifiers,
    is_field,
    is_link,
    is_tick,
    label,
    usable,
)
from sessionward.audit.explore.handles import handle_of, resolve
from sessionward.audit.explore.lexicon import SHORT, WHOLE, normal
from sessionward.audit.explore.verdict import Reply
from sessionward.audit.explore.words.access import LOGOUT, USER_MENU
from sessionward.audit.explore.words.pages import ACTING, APPEARANCE, DESTRUCTIVE

MOST_MENUS = 8
HEADER_HEIGHT = 140
LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What acting on a control brought: the screen then, its fresh elements, and lines of text such as a tooltip.

    ``fresh`` is empty where nothing opened.
    """

    path: tuple[Handle, ...]
    screen: Screen
    fresh: tuple[Element, ...] = ()
    lines: tuple[str, ...] = ()


def menu_openers(screen: Screen, names: Sequence[str] = ()) -> list[Element]:
    """Controls that may open a menu of the user's, the likeliest first. ``names`` are what the account is called."""
    called = tuple(normal(name) for name in names if name)
    scored = [(points, each) for each in screen.elements if (points := _points(screen, each, called)) > 0]
    scored.sort(key=lambda pair: -pair[0])
    return [each for _, each in scored][:MOST_MENUS]


async def open_menu(tab: Tab, screen: Screen, opener: Element) -> Opened | None:
    """Click the opener or hover over it, and see what shows; None where the page was left. Links are not clicked.

    Raises DriverError where the page fails.
    """
    handle = handle_of(screen, opener)
    lines: tuple[str, ...] = ()
    after = screen
    for hover in (True, False) if is_link(opener) or not opener.expands else (False, True):
        if is_link(opener) and not hover:
            break
        try:
            await (tab.hover(opener) if hover else tab.click(opener))
        except DriverError:
            continue
        after = await tab.look()
        if after.url.partition("#")[0] != screen.url.partition("#")[0]:
            return None
        fresh = newly_shown(screen, after)
        lines += tuple(Reply(before=screen, after=after).lines)
        if fresh:
            return Opened(path=(replace(handle, hover=hover),), screen=after, fresh=fresh, lines=lines)
    return Opened(path=(handle,), screen=after, lines=lines)


async def close_menu(tab: Tab, opened: Opened) -> Screen:
    """The screen with the menu closed again, as far as that can be. Raises DriverError."""
    await tab.press("Escape")
    screen = await tab.look()
    opener = resolve(screen, opened.path[-1])
    if opener is not None and opener.expanded:
        await tab.click(opener)
        screen = await tab.look()
    return screen


def newly_shown(before: Screen, after: Screen) -> tuple[Element, ...]:
    """The elements that are drawn now and were not before; of several alike the last ones."""
    known = Counter(_face(each) for each in before.elements if each.visible)
    fresh = []
    for each in after.elements:
        face = _face(each)
        if not each.visible:
            continue
        if known[face]:
            known[face] -= 1
        else:
            fresh.append(each)
    return tuple(fresh)


def _face(element: Element) -> tuple[str | bool, ...]:
    """What tells an element from others; class names change with a state, so they count only where no words are."""
    own = "" if element.name or element.field or element.id else element.hints
    named = (element.name, element.field, element.id, element.href, own)
    return (element.tag, element.type, element.role, element.landmark, element.in_dialog, *named)


def _points(screen: Screen, element: Element, called: tuple[str, ...]) -> int:
    if not usable(element) or is_tick(element):
        return 0
    if is_link(element) and element.landmark not in {"banner", "navigation"}:
        return 0
    if is_field(element) and element.role != "combobox":
        return 0
    words = label(element)
    if _logs_out(element):
        return 0
    if DESTRUCTIVE.strength(words) or (ACTING.strength(words) and not element.expands):
        return 0
    looks = APPEARANCE.strength(words) >= SHORT or APPEARANCE.marks(identifiers(element))
    if looks and not element.expands:
        return 0
    if element.type == "submit" and element.form >= 0 and not element.expands:
        return 0
    top = element.box[1] < HEADER_HEIGHT and element.box[2] > 0
    framed = element.landmark in {"banner", "navigation"}
    points = 4 * element.expands + 2 * framed + 1 * top
    points += 4 * (USER_MENU.strength(words) > 1) + 3 * USER_MENU.marks(identifiers(element))
    points += 9 * (any(name in normal(words) for name in called) or "@" in words)
    points += 1 * (not words and framed)
    points -= 3 * (element.landmark == "contentinfo") + 2 * (
        element.landmark == "main" and not element.expands
    )
    points += 1 * (element.box[0] > _middle(screen))
    return points if points >= LEAST else 0


def _logs_out(element: Element) -> bool:
    """Whether it would end the session: items of a user menu are often marked as parts of one."""
    said = LOGOUT.strength(label(element))
    if element.expands:
        return said >= WHOLE
    return said >= SHORT or LOGOUT.marks(f"{identifiers(element)} {address_words(element.href)}")


def _middle(screen: Screen) -> float:
    return max((each.box[0] + each.box[2] for each in screen.elements), default=0.0) / 2
