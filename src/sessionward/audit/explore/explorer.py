"""Exploring an app breadth-first while logged in, so that what it shows of the account is recorded."""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.banners import clear
from sessionward.audit.explore.entrance import login_form, submit_button
from sessionward.audit.explore.flows import Handle
from sessionward.audit.explore.forms import Filler
from sessionward.audit.explore.groups import same_origin
from sessionward.audit.explore.handles import follow, handle_of, resolve
from sessionward.audit.explore.menus import newly_shown
from sessionward.audit.explore.patience import drawn
from sessionward.audit.explore.screens import (
    Edge,
    Graph,
    Node,
    address_pattern,
    coarse_pattern,
    without_fragment,
)
from sessionward.audit.explore.steps import clicks, documents, is_excluded, links, searches
from sessionward.audit.explore.words.fields import SEARCH

COARSE = 4
"""A coarse pattern of addresses may be opened this many times as often as a fine one."""
MOST_SEARCHES = 2
DEEPEST_PATH = 2
BEHIND = 3
"""So many steps further away an address counts that is known from others."""
GONE = 400
NOTHING_NEW = "nothing new"
FEW = 6
"""So many screens are opened however slow the app is, as far as its first one tells,"""
SLOWEST = 40.0
"""within so many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When exploring ends. ``per_pattern`` is how many addresses of one pattern are opened: calendars never end.

    ``exclude`` are paths that are left alone with all below them. ``later`` are addresses that others see as well: they
    are opened when all else near by is.
    """

    seconds: float = 60.0
    screens: int = 30
    clicks_per_screen: int = 6
    per_pattern: int = 3
    exclude: tuple[str, ...] = ()
    later: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """What was seen. ``documents`` are files and printouts that were linked to and not opened, few of each pattern.

    ``addresses`` are all in scope that were opened or linked to, in the order they were seen. ``ended`` says why it
    ended: nothing new, time, screens, or logged out.
    """

    screens: tuple[Screen, ...]
    nodes: tuple[Node, ...] = ()
    edges: frozenset[Edge] = frozenset()
    addresses: tuple[str, ...] = ()
    canaries: tuple[str, ...] = field(default=(), repr=False)
    ended: str = NOTHING_NEW
    documents: tuple[str, ...] = ()


@dataclass(slots=True)
class _Walk:
    """One exploration under way."""

    tab: Tab
    start: str
    limits: Limits
    fill: Filler
    tell: Callable[[Screen], None]
    clock: Callable[[], float]
    until: float
    graph: Graph = field(default_factory=Graph)
    queue: list[tuple[int, int, int, str, str, str]] = field(default_factory=list)
    known: dict[str, None] = field(default_factory=dict)
    opened: Counter[str] = field(default_factory=Counter)
    documents: dict[str, None] = field(default_factory=dict)
    searched: set[str] = field(default_factory=set)
    clicked: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    ended: str = ""

    @property
    def over(self) -> bool:
        """Whether a limit is reached; remembers which."""
        if self.clock() >= self.until:
            self.ended = self.ended or "time"
        if len(self.graph.nodes) >= self.limits.screens:
            self.ended = self.ended or "screens"
        return bool(self.ended)

    def offer(self, depth: int, points: int, address: str, source: str = "", by: str = "") -> None:
        """Put an address into the queue unless it was seen."""
        if address in self.known:
            return
        self.known[address] = None
        depth += BEHIND * (address in self.limits.later)
        heapq.heappush(self.queue, (depth, -points, len(self.known), address, source, by))

    def may_open(self, address: str) -> bool:
        """Whether an address of its patterns may still be opened; counts it where it may."""
        fine, coarse = address_pattern(address), "~" + coarse_pattern(address)
        if self.opened[fine] >= self.limits.per_pattern:
            return False
        if self.opened[coarse] >= self.limits.per_pattern * COARSE:
            return False
        self.opened.update((fine, coarse))
        return True


def _silent(screen: Screen) -> None:
    """Tell nobody."""
    del screen


async def explore(
    tab: Tab,
    start: str,
    limits: Limits,
    *,
    fill: Filler,
    on_screen: Callable[[Screen], None] = _silent,
    clock: Callable[[], float] = time.monotonic,
) -> Exploration:
    """Explore from ``start`` in a tab that is logged in. What was exchanged is in ``tab.recorded()``.

    Follows links and opens what can be opened; sends no form but searches; ends at the limits or when nothing new
    turns up. A slow app is given time for a few screens all the same. Raises DriverError where the start page cannot be
    opened.
    """
    begun = clock()
    first = await clear(tab, await drawn(tab, await tab.go(start)))
    until = begun + max(limits.seconds, min(FEW * (clock() - begun), SLOWEST))
    walk = _Walk(tab=tab, start=start, limits=limits, fill=fill, tell=on_screen, clock=clock, until=until)
    walk.known[start] = None
    walk.may_open(start)
    await _take(walk, first, start, 0, None, "")
    while walk.queue and not walk.over:
        depth, _, _, address, source, by = heapq.heappop(walk.queue)
        if walk.may_open(address):
            await _visit(walk, address, depth, source, by)
    nodes = tuple(walk.graph.nodes.values())
    return Exploration(
        screens=tuple(node.screen for node in nodes),
        nodes=nodes,
        edges=frozenset(walk.graph.edges),
        addresses=tuple(walk.known),
        canaries=tuple(fill.canaries),
        documents=tuple(walk.documents),
        ended=walk.ended or NOTHING_NEW,
    )


async def _visit(walk: _Walk, address: str, depth: int, source: str, by: str) -> None:
    try:
        screen = await walk.tab.go(address)
        if screen.status >= GONE or not same_origin(walk.start, screen.url):
            return
        if await _is_logged_out(walk, screen):
            walk.ended = f"logged out after opening {address}"
            return
        await _take(walk, screen, address, depth, source, by)
    except DriverError:
        # One page that fails is no reason to leave the others unseen.
        return


async def _is_logged_out(walk: _Walk, screen: Screen) -> bool:
    """Whether the app asks to log in here, and at the start as well."""
    form = login_form(screen, name_alone=False)
    if form is None or form.name is None:
        return False
    home = await walk.tab.go(walk.start)
    again = login_form(home, name_alone=False)
    return again is not None and again.name is not None


async def _take(walk: _Walk, screen: Screen, address: str, depth: int, source: str | None, by: str) -> None:
    """Add a screen to the graph; where it is new, look into what it offers."""
    node, new = walk.graph.add(screen, address)
    walk.known.setdefault(without_fragment(screen.url), None)
    if source:
        walk.graph.edges.add(Edge(source=source, target=node.key, by=by))
    _offer_links(walk, screen, node.key, depth)
    if not new:
        return
    walk.tell(screen)
    await _search(walk, node, depth)
    await _click_through(walk, node, depth)


def _offer_links(walk: _Walk, screen: Screen, source: str, depth: int) -> None:
    def echoes(address: str) -> bool:
        return any(canary in address for canary in walk.fill.canaries)

    for points, address, name in links(screen, walk.start, walk.limits.exclude):
        if not echoes(address):
            walk.offer(depth + 1, points, address, source, name)
    for address in documents(screen, walk.start, walk.limits.exclude):
        if address not in walk.documents and not echoes(address) and walk.may_open(address):
            walk.documents[address] = None


async def _click_through(walk: _Walk, node: Node, depth: int) -> None:
    """Open the menus, tabs and boxes of a screen one by one."""
    screen, left = node.screen, walk.limits.clicks_per_screen
    handles = [(handle_of(screen, each), each) for each in clicks(screen)]
    shown: Screen | None = None
    for handle, element in handles:
        kind = (element.tag, element.name, element.hints)
        if left <= 0 or walk.over:
            return
        if walk.clicked[kind]:
            continue
        walk.clicked[kind] += 1
        left -= 1
        try:
            shown = await _click_one(walk, node, handle, shown, depth)
        except DriverError:
            shown = None


async def _click_one(
    walk: _Walk, node: Node, handle: Handle, shown: Screen | None, depth: int
) -> Screen | None:
    """Click one control. Gives the screen if it is still the node's, None where the page must be opened anew."""
    before = shown
    if before is None:
        opened = await walk.tab.go(node.address)
        before = await follow(walk.tab, opened, node.path) or opened
    element = resolve(before, handle)
    if element is None:
        return before
    await walk.tab.click(element)
    after = await walk.tab.look()
    if not same_origin(walk.start, after.url) or is_excluded(after.url, walk.limits.exclude):
        return None
    moved = without_fragment(after.url) != without_fragment(before.url)
    if not moved and not newly_shown(before, after):
        return after
    path = () if moved else (*node.path, handle)
    known = without_fragment(after.url) if moved else node.address
    reached, new = walk.graph.add(after, known, path)
    walk.graph.edges.add(Edge(source=node.key, target=reached.key, by=handle.name))
    _offer_links(walk, after, reached.key, depth)
    if new:
        walk.known.setdefault(known, None)
        walk.tell(after)
        if (not moved or walk.may_open(known)) and await _click_fresh(walk, reached, before, depth):
            return None
    return None if moved else await _closed(walk, after)


async def _closed(walk: _Walk, screen: Screen) -> Screen | None:
    """The screen without the dialog that a click opened; None where it stays open and lies over the rest."""
    if not any(each.in_dialog and each.visible for each in screen.elements):
        return screen
    await walk.tab.press("Escape")
    after = await walk.tab.look()
    return None if any(each.in_dialog and each.visible for each in after.elements) else after


async def _click_fresh(walk: _Walk, node: Node, before: Screen, depth: int) -> bool:
    """Go on from what a click brought to light, with what is new there alone. Gives whether anything was done."""
    if len(node.path) >= DEEPEST_PATH:
        return False
    only = replace(node.screen, elements=newly_shown(before, node.screen))
    if not clicks(only):
        return False
    await _click_through(walk, replace(node, screen=only), depth + 1)
    return True


async def _search(walk: _Walk, node: Node, depth: int) -> None:
    """Fill and send a form that only asks, once for each address it asks at."""
    for form, asked, group in searches(node.screen):
        target = address_pattern(form.action)
        if target in walk.searched or len(walk.searched) >= MOST_SEARCHES or walk.over:
            continue
        if is_excluded(form.action, walk.limits.exclude) or not same_origin(walk.start, form.action):
            continue
        walk.searched.add(target)
        try:
            await walk.tab.go(node.address)
            screen = await _send_search(walk, handle_of(node.screen, asked))
        except DriverError:
            continue
        if screen is not None and same_origin(walk.start, screen.url):
            reached, new = walk.graph.add(screen, screen.url)
            walk.graph.edges.add(
                Edge(source=node.key, target=reached.key, by=group.form.hints if group.form else "")
            )
            _offer_links(walk, screen, reached.key, depth)
            if new:
                walk.tell(screen)


async def _send_search(walk: _Walk, handle: Handle) -> Screen | None:
    screen = await walk.tab.look()
    asked = resolve(screen, handle)
    if asked is None:
        return None
    await walk.tab.fill(asked, walk.fill.value(asked))
    found = _button_of(screen, asked)
    if found is not None and found.enabled:
        await walk.tab.click(found)
    else:
        await walk.tab.press("Enter")
    return await walk.tab.look()


def _button_of(screen: Screen, asked: Element) -> Element | None:
    group = next(group for _, field_, group in searches(screen) if field_.ref == asked.ref)
    return submit_button(group, SEARCH, after=asked)
