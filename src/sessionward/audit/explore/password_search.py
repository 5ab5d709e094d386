"""Searching an app for the place where the password is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import monotonic as clock
from urllib.parse import urljoin, urlsplit

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.flows import Handle, PasswordFlow
from sessionward.audit.explore.groups import (
    address_words,
    identifiers,
    is_field,
    is_link,
    is_password,
    label,
    same_origin,
    usable,
)
from sessionward.audit.explore.handles import follow, handle_of, resolve
from sessionward.audit.explore.lexicon import normal
from sessionward.audit.explore.menus import close_menu, menu_openers, open_menu
from sessionward.audit.explore.password_form import PasswordForm, password_form
from sessionward.audit.explore.patience import drawn
from sessionward.audit.explore.words.access import LOGOUT, USER_MENU
from sessionward.audit.explore.words.pages import ACCOUNT, CHANGE_PASSWORD, DESTRUCTIVE, SAVE, SECURITY

WELL_KNOWN = "/.well-known/change-password"
"""Leads to the password change where an app follows the W3C's note of that name."""
USUAL_PATHS = (
    WELL_KNOWN,
    "/profile",
    "/account",
    "/settings",
    "/account/password",
    "/password_change/",
    "/accounts/password/change/",
    "/users/edit",
)
MOST_PAGES = 24
MOST_ON_A_PAGE = 8
MOST_MENUS = 6
DEEPEST = 3
NOT_FOUND = 400
AVATAR_POINTS = 2
PLAIN = 8
"""From so many points on a control plainly speaks of the password."""
NEAR = 90
PATIENCE = 60.0
"""Seconds after which the search gives up."""


@dataclass(slots=True)
class _Search:
    """One search: the pages that were opened, and the texts that the account is called by."""

    tab: Tab
    origin: str
    names: tuple[str, ...]
    until: float
    pages: int = 0
    seen: set[str] = field(default_factory=set)

    @property
    def over(self) -> bool:
        """Whether enough pages were opened, or enough time has passed."""
        return self.pages >= MOST_PAGES or clock() >= self.until


async def find_password_change(
    tab: Tab, screens: Sequence[Screen], known: Sequence[str]
) -> PasswordFlow | None:
    """How the password is changed in the app that ``tab`` is logged in to, None where no form for it is found.

    ``screens`` are those explored so far, the home screen first. ``known`` are addresses that were seen, and texts
    that the account is called by (user name, e-mail, name): a link called so leads to the account's own pages.
    Raises DriverError where the browser fails altogether.
    """
    if not screens:
        return None
    names = tuple(each for each in known if each and not _is_address(each))
    search = _Search(tab=tab, origin=screens[0].url, names=names, until=clock() + PATIENCE)
    for address in _with_forms(screens):
        if found := await _open(search, address, DEEPEST):
            return found
    addresses = [urljoin(search.origin, each) for each in known if _is_address(each)]
    for address in _ranked_addresses(search, screens, addresses):
        found = await _open(search, address, 1)
        if found is not None:
            return found
    found = await _from_controls(search, screens[0].url, await tab.go(screens[0].url), (), 0)
    if found is not None:
        return found
    for path in USUAL_PATHS:
        found = await _open(search, urljoin(search.origin, path), DEEPEST - 1)
        if found is not None:
            return found
    return None


async def _open(search: _Search, address: str, depth: int) -> PasswordFlow | None:
    """Open an address and look there, and behind what it offers."""
    if search.over or address in search.seen or not same_origin(search.origin, address):
        return None
    search.seen.add(address)
    search.pages += 1
    try:
        screen = await drawn(search.tab, await search.tab.go(address))
    except DriverError:
        return None
    if screen.status >= NOT_FOUND:
        return None
    search.seen.add(screen.url)
    return await _from_controls(search, address, screen, (), depth)


async def _from_controls(
    search: _Search, address: str, screen: Screen, path: tuple[Handle, ...], depth: int
) -> PasswordFlow | None:
    form = password_form(screen)
    if form is not None:
        return flow_of(address, screen, path, form)
    if depth >= DEEPEST:
        return None
    plain, vague = (
        _candidates(search, screen, least=PLAIN),
        _candidates(search, screen, least=1, most=PLAIN - 1),
    )
    found = await _through(search, address, path, plain, depth)
    if found is None and depth == 0:
        found = await _in_menus(search, address, path, depth)
    return found or await _through(search, address, path, vague, depth)


async def _through(
    search: _Search, address: str, path: tuple[Handle, ...], ways: tuple[list[str], list[Handle]], depth: int
) -> PasswordFlow | None:
    """Follow links, then click buttons, until the form shows."""
    for link in ways[0]:
        if found := await _open(search, link, depth + 1):
            return found
    for handle in ways[1]:
        if found := await _behind(search, address, path, handle, depth):
            return found
    return None


async def _behind(
    search: _Search, address: str, path: tuple[Handle, ...], handle: Handle, depth: int
) -> PasswordFlow | None:
    """What shows after a button is clicked: a dialog, a tab, another page."""
    if search.over:
        return None
    search.pages += 1
    try:
        before = await follow(search.tab, await search.tab.go(address), path)
        control = resolve(before, handle) if before is not None else None
        if control is None:
            return None
        await search.tab.click(control)
        after = await search.tab.look()
        return await _from_controls(search, address, after, (*path, handle), max(depth + 1, DEEPEST - 1))
    except DriverError:
        return None


async def _in_menus(
    search: _Search, address: str, path: tuple[Handle, ...], depth: int
) -> PasswordFlow | None:
    """Open the menus of a page one by one and follow what is in them."""
    try:
        screen = await search.tab.go(address)
        handles = [handle_of(screen, each) for each in menu_openers(screen, search.names)[:MOST_MENUS]]
        for handle in handles:
            opener = resolve(screen, handle)
            if opener is None or search.over:
                continue
            opened = await open_menu(search.tab, screen, opener)
            if opened is None:
                screen = await search.tab.go(address)
                continue
            ways = _candidates(search, replace(opened.screen, elements=opened.fresh), least=1)
            if found := await _through(search, address, (*path, *opened.path), ways, depth + 1):
                return found
            screen = await (search.tab.go(address) if any(ways) else close_menu(search.tab, opened))
    except DriverError:
        return None
    return None


def flow_of(address: str, screen: Screen, path: tuple[Handle, ...], form: PasswordForm) -> PasswordFlow:
    """The flow of a form found on a screen."""

    def handle(element: Element | None) -> Handle | None:
        return handle_of(screen, element) if element is not None else None

    return PasswordFlow(
        url=address if path else screen.url,
        path=path,
        current=handle(form.current),
        new=handle_of(screen, form.new),
        confirm=handle(form.confirm),
        submit=handle(form.submit),
    )


def _candidates(
    search: _Search, screen: Screen, *, least: int, most: int = 99
) -> tuple[list[str], list[Handle]]:
    """Addresses and buttons that may lead to the password change, the likeliest first, of so many points."""
    fixed = _fixed(screen)
    scored = [(_points(search, each) + _beside(each, fixed), each) for each in screen.elements]
    scored = sorted((pair for pair in scored if least <= pair[0] <= most), key=lambda pair: -pair[0])
    links = [urljoin(screen.url, each.href) for _, each in scored if is_link(each)]
    buttons = [handle_of(screen, each) for _, each in scored if not is_link(each) and each.visible]
    return list(dict.fromkeys(links))[:MOST_ON_A_PAGE], buttons[:MOST_ON_A_PAGE]


def _fixed(screen: Screen) -> list[Element]:
    """Its password fields that cannot be written to."""
    return [each for each in screen.elements if is_password(each) and each.visible and not each.enabled]


def _beside(element: Element, fixed: Sequence[Element]) -> int:
    """Points for a button beside a password field that cannot be written to: it often makes it so."""
    if not usable(element) or is_field(element) or not SAVE.strength(label(element)):
        return 0
    gaps = [abs(element.box[1] - each.box[1]) for each in fixed if each.frame == element.frame]
    return PLAIN if gaps and min(gaps) <= NEAR else 0


def _points(search: _Search, element: Element) -> int:
    if not (is_link(element) or usable(element)) or element.tag in {"input", "select", "textarea"}:
        return 0
    words, target = label(element), address_words(element.href) if is_link(element) else ""
    if LOGOUT.strength(words) or LOGOUT.marks(target) or DESTRUCTIVE.strength(words):
        return 0
    points = 4 * CHANGE_PASSWORD.strength(words) + 6 * CHANGE_PASSWORD.marks(target)
    points += 2 * SECURITY.strength(words) + 2 * ACCOUNT.strength(words)
    points += 2 * (SECURITY.marks(target) or ACCOUNT.marks(target))
    points += 4 * any(normal(name) in normal(words) for name in search.names)
    if not points and USER_MENU.marks(identifiers(element)) and is_link(element):
        points = AVATAR_POINTS
    return points


def _with_forms(screens: Sequence[Screen]) -> list[str]:
    """The addresses of screens on which a password change was seen, the surest first."""
    found = {screen.url: form.points for screen in screens if (form := password_form(screen))}
    return sorted(found, key=lambda address: -found[address])


def _ranked_addresses(search: _Search, screens: Sequence[Screen], known: Sequence[str]) -> list[str]:
    """Addresses of and on all screens and from ``known``, the likeliest for a password change first.

    A screen may have been come to by a menu or a click alone, so that nothing links to it; it counts as much as a
    button on it that plainly speaks of the password. The user menu, which speaks of the account, stands everywhere.
    """
    scored: dict[str, int] = {}
    for screen in screens:
        fixed = _fixed(screen)
        for each in screen.elements:
            points = _points(search, each) + _beside(each, fixed)
            if points >= (1 if is_link(each) else PLAIN):
                address = urljoin(screen.url, each.href) if is_link(each) else screen.url
                scored[address] = max(points, scored.get(address, 0))
    for address in (*known, *(screen.url for screen in screens)):
        words = address_words(address)
        points = 6 * CHANGE_PASSWORD.marks(words) + 2 * (SECURITY.marks(words) or ACCOUNT.marks(words))
        if points and not LOGOUT.marks(words):
            scored[address] = max(points, scored.get(address, 0))
    return sorted(scored, key=lambda address: -scored[address])[: MOST_PAGES // 2]


def _is_address(text: str) -> bool:
    return urlsplit(text).scheme in {"http", "https"} or text.startswith("/")
