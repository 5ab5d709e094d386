"""Menus that must be opened before what is in them can be seen: what opens one, and opening it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.flows import Handle
from sessionward.audit.explore.groups import identifiers, is_field, is_link, is_tick, label, usable
from sessionward.audit.explore.handles import handle_of, resolve
from sessionward.audit.explore.lexicon import normal
from sessionward.audit.explore.words.access import USER_MENU
from sessionward.audit.explore.words.pages import ACTING, DESTRUCTIVE

MOST_MENUS = 8
HEADER_HEIGHT = 140
LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A menu that was opened: how, and the screen with it open. ``fresh`` are the elements that it brought."""

    path: tuple[Handle, ...]
    screen: Screen
    fresh: tuple[Element, ...]


def menu_openers(screen: Screen, names: Sequence[str] = ()) -> list[Element]:
    """Controls that may open a menu of the user's, the likeliest first. ``names`` are what the account is called."""
    called = tuple(normal(name) for name in names if name)
    scored = [(points, each) for each in screen.elements if (points := _points(screen, each, called)) > 0]
    scored.sort(key=lambda pair: -pair[0])
    return [each for _, each in scored][:MOST_MENUS]


async def open_menu(tab: Tab, screen: Screen, opener: Element) -> Opened | None:
    """Click the opener, or hover over it where clicking shows nothing; None where nothing new shows or the page left.

    Raises DriverError where the page fails.
    """
    handle = handle_of(screen, opener)
    for act in (tab.click, tab.hover):
        try:
            await act(opener)
        except DriverError:
            continue
        after = await tab.look()
        if after.url.partition("#")[0] != screen.url.partition("#")[0]:
            return None
        fresh = newly_shown(screen, after)
        if fresh:
            return Opened(path=(handle,), screen=after, fresh=fresh)
    return None


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
    """The elements that are drawn now and were not before."""
    known = {_face(each) for each in before.elements if each.visible}
    return tuple(each for each in after.elements if each.visible and _face(each) not in known)


def _face(element: Element) -> tuple[str, ...]:
    return (element.tag, element.type, element.role, element.name, element.field, element.id, element.href)


def _points(screen: Screen, element: Element, called: tuple[str, ...]) -> int:
    if not usable(element) or is_tick(element) or is_link(element):
        return 0
    if is_field(element) and element.role != "combobox":
        return 0
    words = label(element)
    if DESTRUCTIVE.strength(words) or (ACTING.strength(words) and not element.expands):
        return 0
    if element.type == "submit" and element.form >= 0 and not element.expands:
        return 0
    top = element.box[1] < HEADER_HEIGHT and element.box[2] > 0
    framed = element.landmark in {"banner", "navigation"}
    points = 4 * element.expands + 2 * framed + 1 * top
    points += 4 * (USER_MENU.strength(words) > 1) + 3 * USER_MENU.marks(identifiers(element))
    points += 5 * any(name in normal(words) for name in called)
    points += 1 * (not words and framed)
    points -= 3 * (element.landmark == "contentinfo") + 2 * (
        element.landmark == "main" and not element.expands
    )
    points += 1 * (element.box[0] > _middle(screen))
    return points if points >= LEAST else 0


def _middle(screen: Screen) -> float:
    return max((each.box[0] + each.box[2] for each in screen.elements), default=0.0) / 2
