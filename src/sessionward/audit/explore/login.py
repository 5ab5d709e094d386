"""Finding the login of an app from its start address alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.banners import clear
from sessionward.audit.explore.entrance import LoginForm, locate, login_openers
from sessionward.audit.explore.entry import log_in
from sessionward.audit.explore.flows import Handle, LoginFlow, LoginHints
from sessionward.audit.explore.groups import groups, is_link, label, same_origin, usable
from sessionward.audit.explore.handles import handle_of
from sessionward.audit.explore.patience import drawn

__all__ = ["LoginNotFound", "find_login", "log_in"]

USUAL_PATHS = (
    "/login",
    "/signin",
    "/sign-in",
    "/users/sign_in",
    "/accounts/login/",
    "/user/login",
    "/auth/login",
    "/account/login",
    "/login.php",
    "/admin/",
    "/admin/login",
    "/#/login",
)
"""Where common frameworks put the login, tried only when nothing on the pages led there."""

SURE_ALONE = 12
"""The points from which a form that asks for a name alone is taken at once; weaker ones only when nothing better is."""
DEEPEST = 3
MOST_OPENERS = 8
MOST_SHORT = 8
MOST_NAMED = 6
SHORT_LABEL = 32
NOT_FOUND = 404
UNAUTHORIZED = 401

_ONE_OFF = re.compile(
    r"(state|nonce|code_challenge|sid|jsessionid|phpsessid|session.*|.*token|request_?id|tx|execution)",
    re.IGNORECASE,
)
_RANDOM = re.compile(r"[\w\-+/=.%]{16,}", re.ASCII)


class LoginNotFound(Exception):
    """No login was recognised. The message says in one sentence what was seen; ``screen`` is the last page."""

    def __init__(self, message: str, screen: Screen) -> None:
        super().__init__(message)
        self.screen = screen


@dataclass(slots=True)
class _Search:
    """One search: what was tried, and the best first step of a login that asks for a name alone."""

    tab: Tab
    hints: LoginHints
    tried: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    weaker: tuple[int, LoginFlow] | None = None
    asked_by_browser: bool = False


async def find_login(tab: Tab, start: str, hints: LoginHints) -> LoginFlow:
    """How one logs in to the app at ``start``, an absolute address.

    Raises LoginNotFound where no login is recognised, DriverError where the start page cannot be opened.
    """
    search = _Search(tab=tab, hints=hints)
    address = urljoin(start, hints.url) if hints.url else start
    if hints.script:
        return LoginFlow(url=address)
    opened = await drawn(tab, await tab.go(address))
    first = await clear(tab, opened)
    found = await _from_screen(search, address, first, (), 0)
    if found is None and not hints.url:
        found = await _from_usual_paths(search, start)
    if found is None:
        found = await _from_short_controls(search, address)
    if found is None and search.weaker is not None:
        found = search.weaker[1]
    if found is None:
        raise LoginNotFound(_what_was_seen(first, search), first)
    return found


async def _from_screen(
    search: _Search, address: str, screen: Screen, path: tuple[Handle, ...], depth: int
) -> LoginFlow | None:
    """The login on this screen or behind its likeliest links and buttons."""
    found = await _accept(search, address, screen, path)
    if found is not None or depth >= DEEPEST:
        return found
    openers = [each for each in login_openers(screen) if _name_of(each) not in search.seen][:MOST_OPENERS]
    handles = [(each, handle_of(screen, each)) for each in openers]
    for number, (element, handle) in enumerate(handles):
        search.seen.add(_name_of(element))
        if number and not is_link(element):
            await _reopen(search.tab, address, path)
        found = await _behind(search, address, screen, element, (*path, handle), depth)
        if found is not None:
            return found
    return None


async def _behind(
    search: _Search, address: str, screen: Screen, element: Element, path: tuple[Handle, ...], depth: int
) -> LoginFlow | None:
    search.tried.append(f"“{label(element)[:40] or element.href[:60] or element.tag}”")
    try:
        if is_link(element) and element.href:
            target = urljoin(screen.url, element.href)
            opened = await clear(search.tab, await drawn(search.tab, await search.tab.go(target)))
            return await _from_screen(search, target, opened, (), depth + 1)
        current = await search.tab.look()
        again = next((each for each in current.elements if handle_of(current, each) == path[-1]), element)
        await search.tab.click(again)
        opened = await search.tab.look()
        return await _from_screen(search, address, opened, path, depth + 1)
    except DriverError:
        return None


async def _accept(
    search: _Search, address: str, screen: Screen, path: tuple[Handle, ...]
) -> LoginFlow | None:
    """The flow where the screen shows a login; one that asks for a name alone is kept in mind unless it is sure."""
    search.asked_by_browser = search.asked_by_browser or screen.status == UNAUTHORIZED
    form = await locate(search.tab, screen, search.hints)
    if form is None:
        return None
    flow = flow_at(address, screen, path, form)
    if form.password is not None or search.hints.username:
        return flow
    if search.weaker is None or form.points > search.weaker[0]:
        search.weaker = (form.points, flow)
    return flow if form.points >= SURE_ALONE else None


def flow_at(address: str, screen: Screen, path: tuple[Handle, ...], form: LoginForm) -> LoginFlow:
    """The flow of a form found at ``address``, after the clicks of ``path``.

    Where the address led on to another, that one is kept unless it holds something made for one visit only.
    """
    led_on = not path and same_origin(address, screen.url) and not _one_off(screen.url)
    return LoginFlow(
        url=screen.url if led_on else address,
        path=path,
        remember=form.remember is not None,
        steps=1 if form.password is not None else 2,
    )


async def _from_usual_paths(search: _Search, start: str) -> LoginFlow | None:
    for path in USUAL_PATHS:
        address = urljoin(start, path)
        try:
            screen = await clear(search.tab, await search.tab.go(address))
        except DriverError:
            continue
        if screen.status >= NOT_FOUND or not same_origin(start, screen.url):
            continue
        screen = await drawn(search.tab, screen)
        found = await _accept(search, address, screen, ())
        if found is not None:
            return found
    return None


async def _from_short_controls(search: _Search, address: str) -> LoginFlow | None:
    """In a language without words here: short links and buttons of the header that lead to a password field."""
    try:
        screen = await clear(search.tab, await search.tab.go(address))
    except DriverError:
        return None
    for element in _short_controls(screen):
        if _name_of(element) in search.seen:
            continue
        search.seen.add(_name_of(element))
        path = (handle_of(screen, element),)
        found = await _behind(search, address, screen, element, path, DEEPEST - 1)
        if found is not None:
            return found
        await _reopen(search.tab, address, ())
    return None


def _short_controls(screen: Screen) -> Sequence[Element]:
    marked = [each for each in screen.elements if usable(each) and each.landmark in {"banner", "navigation"}]
    offered = marked or [each for each in screen.elements if usable(each)]
    inputs = {"input", "select", "textarea"}
    short = [
        each
        for each in offered
        if each.tag not in inputs
        and len(label(each)) <= SHORT_LABEL
        and (not is_link(each) or same_origin(screen.url, urljoin(screen.url, each.href)))
    ]
    return sorted(short, key=lambda each: -each.box[0])[:MOST_SHORT]


async def _reopen(tab: Tab, address: str, path: tuple[Handle, ...]) -> None:
    try:
        screen = await tab.go(address)
        for handle in path:
            element = next((each for each in screen.elements if handle_of(screen, each) == handle), None)
            if element is None:
                return
            await tab.click(element)
            screen = await tab.look()
    except DriverError:
        return


def _name_of(element: Element) -> str:
    return element.href or f"{element.tag} {element.name} {element.id} {element.hints}"


def _one_off(url: str) -> bool:
    parts = urlsplit(url)
    if ";" in parts.path:
        return True
    pairs = parse_qsl(parts.query) + parse_qsl(parts.fragment.partition("?")[2])
    return any(
        _ONE_OFF.fullmatch(key) or (_RANDOM.fullmatch(value) and _mixed(value)) for key, value in pairs
    )


def _mixed(value: str) -> bool:
    """Whether a text looks made up by a machine: it has digits and letters, and is no path."""
    return any(c.isdigit() for c in value) and any(c.isalpha() for c in value) and "/" not in value


def _what_was_seen(screen: Screen, search: _Search) -> str:
    return " ".join(_sentences(screen, search))


def _sentences(screen: Screen, search: _Search) -> Iterator[str]:
    passwords = sum(len(group.passwords) for group in groups(screen))
    links = sum(1 for each in screen.elements if is_link(each) and each.visible)
    buttons = sum(len(group.buttons) for group in groups(screen))
    shown = f"“{screen.title}” at {screen.url}" if screen.title else screen.url
    yield f"No login was recognised: {shown} shows {passwords} password fields, {links} links and {buttons} buttons;"
    if search.tried:
        named = ", ".join(search.tried[:MOST_NAMED])
        yield f"tried {named}{' and more' if len(search.tried) > MOST_NAMED else ''};"
    if search.asked_by_browser:
        yield "the server asks the browser itself for a name and password (HTTP authentication), which has no form;"
    if search.hints.url:
        yield "this is the address that [login] url names."
    else:
        yield "say in [login] where it is: url, and selectors or a script where needed."
