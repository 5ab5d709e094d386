"""Finding an element again on a page that was drawn anew.

Ids and class names may be made up anew on each load, labels may carry a count; so no single trait decides, and the
element that agrees best wins where it agrees enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from sessionward.audit.driver import Element, Screen, Tab
from sessionward.audit.explore.captions import captioned
from sessionward.audit.explore.flows import Handle
from sessionward.audit.explore.lexicon import normal

PATIENCE = 3
"""How often a page that lacks an element is looked at again, each time after it has settled."""

_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"/[^/ ]*\d[^/ ]*")


def handle_of(screen: Screen, element: Element) -> Handle:
    """The handle of an element, numbered among those on the screen that look the same."""
    elements = captioned(screen).elements
    plain = Handle.of(next((each for each in elements if each.ref == element.ref), element))
    twins = [each for each in elements if Handle.of(each) == plain]
    return replace(plain, ordinal=next((n for n, each in enumerate(twins) if each.ref == element.ref), 0))


def resolve(screen: Screen, handle: Handle) -> Element | None:
    """The element that the handle stands for, None where nothing agrees enough with it. Visible ones come first."""
    elements = captioned(screen).elements
    scored = [(_agreement(handle, each), each) for each in elements if each.tag == handle.tag]
    needed = _needed(handle)
    fitting = [(points, each) for points, each in scored if points >= needed]
    if not fitting:
        return None
    best = max(points + each.visible for points, each in fitting)
    equals = [each for points, each in fitting if points + each.visible == best]
    return equals[min(handle.ordinal, len(equals) - 1)]


async def wait_for(tab: Tab, screen: Screen, handle: Handle) -> tuple[Screen, Element | None]:
    """The element on the screen, or on the page once it has settled again: apps draw some things late.

    Raises DriverError where the page fails.
    """
    element = resolve(screen, handle)
    for _ in range(PATIENCE):
        if element is not None:
            break
        await tab.settle()
        screen = await tab.look()
        element = resolve(screen, handle)
    return screen, element


async def follow(tab: Tab, screen: Screen, path: Sequence[Handle]) -> Screen | None:
    """Click the elements of a path in turn, or hover over them; the screen after the last, None where one is not there.

    Where an element is there but not drawn, the one before it is hovered over: some menus open so.
    Raises DriverError where the page fails.
    """
    before: Handle | None = None
    for handle in path:
        screen, element = await wait_for(tab, screen, handle)
        if element is not None and not element.visible and before is not None:
            opener = resolve(screen, before)
            if opener is not None:
                await tab.hover(opener)
                screen = await tab.look()
                element = resolve(screen, handle)
        if element is None:
            return None
        await (tab.hover(element) if handle.hover else tab.click(element))
        screen = await tab.look()
        before = handle
    return screen


def _needed(handle: Handle) -> int:
    """How much agreement is asked for: more where the handle has words of its own."""
    if handle.field or handle.name or handle.id or _target(handle.href):
        return 4
    return 2


def _agreement(handle: Handle, element: Element) -> float:
    """How well they agree. Not rounded: of icons side by side a single class name may be all that differs."""
    points: float = 0
    points += 4 * _same(handle.field, element.field)
    points += 5 * _same(_words(handle.name), _words(element.name))
    points += 4 * _same(_DIGITS.sub("", handle.id), _DIGITS.sub("", element.id))
    points += 1 * _same(handle.id, element.id)
    points += 4 * _same_target(_target(handle.href), _target(element.href))
    points += (
        (handle.type == element.type) + (handle.role == element.role) + (handle.landmark == element.landmark)
    )
    points -= 6 * (handle.type != element.type and "password" in {handle.type, element.type})
    mine, theirs = set(handle.hints.split()), set(element.hints.split())
    if mine | theirs:
        points += 4 * len(mine & theirs) / len(mine | theirs)
    return points


def _same(one: str, other: str) -> int:
    """1 where two traits are there and equal, -1 where they are there and differ, else 0."""
    if not one or not other:
        return 0
    return 1 if one == other else -1


def _same_target(one: str, other: str) -> int:
    """As `_same`; addresses that differ in numbers alone say nothing: an account's own page bears its number."""
    if _NUMBERED.sub("/", one) == _NUMBERED.sub("/", other):
        return int(one == other != "")
    return _same(one, other)


def _words(name: str) -> str:
    return " ".join(_DIGITS.sub("", normal(name)).split())


def _target(href: str) -> str:
    """Where a link leads, without its query, which may hold a token that changes; keys of the query stay."""
    parts = urlsplit(href)
    keys = sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair)
    named = sorted(pair for pair in parts.query.split("&") if pair.partition("=")[2].isalpha())
    return " ".join([parts.path, *keys, *named, parts.fragment]).strip()
