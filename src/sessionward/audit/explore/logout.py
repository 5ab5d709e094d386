"""Finding the way out without taking it, and taking it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import urljoin

from sessionward.audit.driver import DriverError, Element, Form, Screen, Tab
from sessionward.audit.explore.banners import clear
from sessionward.audit.explore.entrance import login_form
from sessionward.audit.explore.flows import Handle, LogoutFlow
from sessionward.audit.explore.groups import (
    address_words,
    identifiers,
    is_field,
    is_link,
    is_pressed,
    label,
    same_origin,
    usable,
)
from sessionward.audit.explore.handles import follow, handle_of, resolve, wait_for
from sessionward.audit.explore.lexicon import INSIDE, SHORT
from sessionward.audit.explore.menus import close_menu, menu_openers, newly_shown, open_menu
from sessionward.audit.explore.patience import drawn
from sessionward.audit.explore.words.access import EVERYWHERE, LOGIN, LOGOUT, LOGOUT_ICON
from sessionward.audit.explore.words.answers import NO, YES
from sessionward.audit.explore.words.pages import ACCOUNT, DESTRUCTIVE

SURE = 6
MOST_ACCOUNT_PAGES = 4
MOST_CONFIRMATIONS = 2
PATIENCE = 3
PATIENCE_FOR_A_QUESTION = 6
"""How often the page is looked at again, each time after it has settled, for what it asks before it logs out."""
LONGEST_NAME = 60


async def find_logout(tab: Tab, screen: Screen) -> LogoutFlow | None:
    """How one logs out; ``tab`` is logged in and shows ``screen``. None where no control for it is found.

    Looks on the screen, then into its menus, then on the account's own pages. Never uses the control itself.
    Raises DriverError where the browser fails altogether.
    """
    screen = await drawn(tab, screen)
    found = await _on_screen(tab, screen)
    if found is not None:
        return found
    for address in _account_pages(screen)[:MOST_ACCOUNT_PAGES]:
        try:
            opened = await drawn(tab, await tab.go(address))
        except DriverError:
            continue
        found = await _on_screen(tab, opened)
        if found is not None:
            return found
    return None


async def offered(tab: Tab, screen: Screen) -> Literal["in sight", "in a menu", "nowhere"]:
    """Where a screen offers to log out. Opens its menus where nothing is in sight, never uses the control.

    Raises DriverError where the browser fails altogether.
    """
    screen = await drawn(tab, screen)
    if logout_controls(screen, hidden=False):
        return "in sight"
    return "in a menu" if await _on_screen(tab, screen) is not None else "nowhere"


async def log_out(tab: Tab, flow: LogoutFlow, *, using: Callable[[], None] | None = None) -> str:
    """Log out: open the page, what stands before the control, the control, and confirm where asked.

    Where the control is not found again, it is looked for anew: another account's menu may bear its own name. Empty
    where it was done as far as the page tells, else why not, in one sentence. ``using`` is called right before the
    control is used: what was sent until then only led to it.
    """
    try:
        reached = await _reach(tab, flow) or await _reach(tab, flow)
        if reached is None:
            screen = await tab.look()
            form = login_form(screen)
            if form is not None and form.password is not None:
                return "the session had ended before"
            found = await find_logout(tab, screen)
            reached = await _reach(tab, found) if found is not None else None
            if reached is None:
                return f"the control to log out is not at {screen.url} any more"
        if using is not None:
            using()
        return await _press(tab, *reached)
    except DriverError as failure:
        return f"logging out broke off: {failure}"


async def _reach(tab: Tab, flow: LogoutFlow) -> tuple[Screen, Element] | None:
    """The screen with the control, and the control; None where it is not there.

    Nor is it where the menu has not opened: then it is not drawn, or an icon without a name, which was to log out by
    its own words, is not there at all, and what agrees best with it is its neighbour.
    """
    opened, hints = await follow(tab, await clear(tab, await tab.go(flow.url)), flow.path), flow.control.hints
    if opened is None:
        return None
    screen, control = await wait_for(tab, opened, flow.control)
    # Of icons without a name the one that agrees best may be another: what seems to log out is waited for first.
    sure = logout_controls(screen, hidden=True)
    for _ in range(PATIENCE):
        if sure or (control is not None and control.name):
            break
        await tab.settle()
        screen = await tab.look()
        control, sure = resolve(screen, flow.control), logout_controls(screen, hidden=True)
    if not sure and not flow.control.name and (LOGOUT.marks(hints) or LOGOUT_ICON.marks(hints)):
        return None
    if sure and (control is None or control.ref not in {each.ref for each in sure}):
        control = sure[0]
    if control is None or (flow.path and not control.visible and not is_link(control)):
        return None
    return screen, control


def logout_controls(screen: Screen, *, hidden: bool) -> list[Element]:
    """Controls that seem to log out, the surest first; those that are not drawn only with ``hidden``."""
    forms = {form.index: form for form in screen.forms}
    scored = [
        (points, each)
        for each in screen.elements
        if (each.visible or hidden) and (points := logout_points(screen, each, forms.get(each.form))) >= SURE
    ]
    scored.sort(key=lambda pair: (not pair[1].visible, -pair[0]))
    return [each for _, each in scored]


def logout_points(screen: Screen, element: Element, form: Form | None = None) -> int:
    """How much a control seems to log out; from ``SURE`` on it is taken for it."""
    if is_field(element) or not (is_link(element) or is_pressed(element)):
        return 0
    words = label(element)
    said = LOGOUT.strength(words)
    target = address_words(element.href) if is_link(element) else ""
    points = (0, 3, 8, 11)[said] + 7 * LOGOUT.marks(target)
    own = identifiers(element)
    points += (5 if words else 7) * (LOGOUT.marks(own) or LOGOUT_ICON.marks(own))
    if form is not None and element.type in {"submit", "image"}:
        points += 7 * LOGOUT.marks(f"{address_words(form.action)} {form.hints}")
    points -= 7 * (len(words) > LONGEST_NAME or (said == INSIDE and element.landmark == "main"))
    points -= 3 * (EVERYWHERE.within(words) and len(words) <= LONGEST_NAME)
    points -= 8 * (DESTRUCTIVE.strength(words) >= SHORT) + 8 * (LOGIN.strength(words) > said)
    points -= 2 * (is_link(element) and not same_origin(screen.url, urljoin(screen.url, element.href)))
    return points + (points > 0 and element.landmark in {"banner", "navigation"})


async def _on_screen(tab: Tab, screen: Screen) -> LogoutFlow | None:
    controls = logout_controls(screen, hidden=False)
    if controls:
        return LogoutFlow(url=screen.url, control=handle_of(screen, controls[0]))
    found = await _in_menus(tab, screen, (), depth=0)
    if found is not None:
        return found
    hidden = logout_controls(screen, hidden=True)
    if hidden:
        return LogoutFlow(url=screen.url, control=handle_of(screen, hidden[0]))
    return None


async def _in_menus(tab: Tab, screen: Screen, path: tuple[Handle, ...], *, depth: int) -> LogoutFlow | None:
    """The control in a menu of the screen, or in a menu of that menu."""
    start = screen.url
    handles = [handle_of(screen, each) for each in _openers(screen, path)]
    for handle in handles:
        opener = resolve(screen, handle)
        if opener is None or not usable(opener):
            continue
        opened = await open_menu(tab, screen, opener)
        if opened is None:
            screen = await _again(tab, start, path)
            continue
        if not opened.fresh:
            if not opener.name and any(LOGOUT.strength(line) >= SHORT for line in opened.lines):
                return LogoutFlow(url=start, path=path, control=handle)  # its tooltip says so
            screen = opened.screen
            continue
        way = (*path, *opened.path)
        controls = logout_controls(opened.screen, hidden=False)
        if controls:
            return LogoutFlow(url=start, path=way, control=handle_of(opened.screen, controls[0]))
        if depth == 0:
            found = await _in_menus(tab, _only(opened.screen, opened.fresh), way, depth=1)
            if found is not None:
                return found
        screen = await close_menu(tab, opened)
        if screen.url != start or newly_shown(opened.screen, screen) or depth:
            screen = await _again(tab, start, path)
    return None


def _openers(screen: Screen, path: tuple[Handle, ...]) -> Iterator[Element]:
    known = {(handle.tag, handle.name, handle.id, handle.hints) for handle in path}
    openers = menu_openers(screen)
    hidden = logout_controls(screen, hidden=True)
    if hidden and not path:  # what stands right before a hidden way out most likely opens it
        order = {each.ref: place for place, each in enumerate(screen.elements)}
        end = order[hidden[0].ref]
        openers.sort(key=lambda each: (order[each.ref] > end, abs(end - order[each.ref])))
    for each in openers:
        if (each.tag, each.name, each.id, each.hints) not in known:
            yield each


def _only(screen: Screen, elements: tuple[Element, ...]) -> Screen:
    """The screen with these elements alone, so that only the menus within a menu are opened."""
    return Screen(url=screen.url, title=screen.title, text=screen.text, elements=elements, forms=screen.forms)


async def _again(tab: Tab, address: str, path: tuple[Handle, ...]) -> Screen:
    screen = await tab.go(address)
    return (await follow(tab, screen, path)) or screen


def _account_pages(screen: Screen) -> list[str]:
    """Addresses of the account's own pages, likeliest first."""
    scored: dict[str, int] = {}
    for each in screen.elements:
        if not is_link(each):
            continue
        address = urljoin(screen.url, each.href)
        points = 2 * ACCOUNT.strength(label(each)) + ACCOUNT.marks(address_words(each.href))
        if points > 1 and same_origin(screen.url, address) and not DESTRUCTIVE.strength(label(each)):
            scored[address] = max(points, scored.get(address, 0))
    return sorted(scored, key=lambda address: -scored[address])


async def _press(tab: Tab, screen: Screen, control: Element) -> str:
    """Use the control and answer what it asks; empty where it then is gone."""
    if is_link(control) and not control.visible and "method" not in control.hints.split():
        after = await tab.go(urljoin(screen.url, control.href))
    else:
        await tab.click(control)
        after = await tab.look()
    answers, patience = 0, PATIENCE_FOR_A_QUESTION
    while patience:
        answer = confirmation(screen, after, control) if answers < MOST_CONFIRMATIONS else None
        if answer is not None:
            answers += 1
            screen = after
            await tab.click(answer)
        elif not _is_still_in(control, after):
            return ""
        else:
            patience -= 1
            await tab.settle()
        after = await tab.look()
    return f"“{label(control) or control.href or control.tag}” was clicked, and {after.url} still offers it"


def confirmation(before: Screen, after: Screen, control: Element) -> Element | None:
    """The control that confirms a logout, where the page asks: in a dialog that opened, or on a page of its own."""
    if login_form(after, name_alone=False) is not None:
        return None
    fresh = newly_shown(before, after)
    moved = before.url.partition("#")[0] != after.url.partition("#")[0]
    asked = [each for each in fresh if each.in_dialog] or (list(after.elements) if moved else list(fresh))
    best: tuple[int, Element] | None = None
    for each in asked:
        words = label(each)
        leads_on = is_link(each) and LOGOUT.strength(words) >= SHORT and each.href != control.href
        if not usable(each) or is_field(each) or not (is_pressed(each) or leads_on):
            continue
        points = 3 * LOGOUT.strength(words)
        points += 2 * YES.strength(words) * (each.in_dialog or LOGOUT.within(f"{after.title}\n{after.text}"))
        points -= 6 * (NO.strength(words) > 0) + 4 * (LOGIN.strength(words) > 0)
        points += 2 * (each.type == "submit" and each.form >= 0 and points > 0)
        if points > 0 and (best is None or points > best[0]):
            best = (points, each)
    return best[1] if best else None


def _is_still_in(control: Element, screen: Screen) -> bool:
    """Whether the same control is still drawn."""
    form = login_form(screen, name_alone=False)
    if form is not None:
        return False
    same = (control.tag, control.name, control.href, control.id)
    return any((each.tag, each.name, each.href, each.id) == same and each.visible for each in screen.elements)
