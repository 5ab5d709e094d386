"""The form in which the account's own data stand, and planting a text in it that turns up nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.banners import clear
from sessionward.audit.explore.captions import captioned
from sessionward.audit.explore.flows import Handle, ProfileFlow
from sessionward.audit.explore.forms import PRIVATE, Personal, personal_kind
from sessionward.audit.explore.groups import (
    Group,
    address_words,
    groups,
    identifiers,
    is_link,
    is_text,
    label,
    same_origin,
    usable,
)
from sessionward.audit.explore.handles import follow, handle_of, resolve, wait_for
from sessionward.audit.explore.password_form import roles
from sessionward.audit.explore.saving import save, save_button
from sessionward.audit.explore.steps import is_safe_link
from sessionward.audit.explore.verdict import Reply
from sessionward.audit.explore.words.access import LOGIN, REGISTER
from sessionward.audit.explore.words.fields import NEWSLETTER
from sessionward.audit.explore.words.pages import ACCOUNT, DESTRUCTIVE, SAVE, SAVE_ICON

SURE = 5
ROOM = 14
"""A field must take so many characters to be planted in: the length of a canary."""
MOST_PAGES = 8
WORTH: dict[Personal, int] = {
    "medical": 9,
    "address": 8,
    "emergency": 7,
    "insurance": 4,
    "about": 3,
    "name": 1,
}
"""How well a kind of field serves. Phone numbers and dates are private too, but a text does not fit their format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    points: int
    flow: ProfileFlow


async def find_profile(tab: Tab, screens: Sequence[Screen]) -> ProfileFlow | None:
    """The best form for the account's own data on these screens or on the pages that they call the account's.

    Raises DriverError where the browser fails altogether.
    """
    found = [one for screen in screens if (one := read_profile(screen))]
    seen = {screen.url for screen in screens}
    for address in [each for each in _own_pages(screens) if each not in seen][:MOST_PAGES]:
        try:
            screen = await tab.go(address)
        except DriverError:
            continue
        if one := read_profile(screen):
            found.append(one)
    best = max(found, key=lambda one: one.points, default=None)
    return best.flow if best else None


async def plant(tab: Tab, flow: ProfileFlow, text: str, *, password: str = "") -> str:
    """Write a text into the field and save; gives what the page said then, or why it could not be saved.

    ``password`` is given where the form asks for the present one.
    """
    try:
        screen = await clear(tab, await tab.go(flow.url))
        opened = await follow(tab, screen, flow.path)
        element = None
        if opened is not None:
            screen, element = await wait_for(tab, opened, flow.field)
        if element is None:
            return f"the field is not at {screen.url} any more"
        await tab.fill(element, text)
        asked = resolve(screen, flow.password) if flow.password is not None else None
        if asked is not None and password:
            await tab.fill(asked, password)
        before = await tab.look()
        mark = len(tab.recorded())
        await save(tab, before, flow.submit, flow.field)
        after = await tab.look()
        reply = Reply(before=before, after=after, exchanges=tab.recorded()[mark:], secrets=(password,))
        return reply.message
    except DriverError as failure:
        return f"saving broke off: {failure}"


def read_profile(screen: Screen) -> _Found | None:
    """The profile form on a screen, with how sure that is."""
    found = [one for group in groups(captioned(screen)) if (one := _read(screen, group))]
    return max(found, key=lambda one: one.points, default=None)


def _read(screen: Screen, group: Group) -> _Found | None:
    """The group as a profile form: it says that it saves, or sends by POST, and holds the account's data already.

    GET alone says nothing: it is what every form has that a script sends.
    """
    kinds = [(personal_kind(each), each) for each in group.elements if usable(each)]
    own: set[Personal] = {kind for kind, each in kinds if kind and each.value}
    fields = [(WORTH.get(kind, 0), kind, each) for kind, each in kinds if _can_hold(each) and kind in WORTH]
    if not fields:
        return None
    worth, kind, field = max(fields, key=lambda one: (one[0], one[2].tag == "textarea"))
    submit = save_button(screen, group, field)
    if submit is None or DESTRUCTIVE.strength(label(submit)) or NEWSLETTER.within(label(submit)):
        return None
    by_get = (
        group.form is not None and group.form.method.lower() == "get" and not SAVE.marks(group.form.action)
    )
    if by_get and not SAVE.strength(label(submit)) and not SAVE_ICON.marks(identifiers(submit)):
        return None
    points = _points(screen, group, own, submit)
    if points < SURE:
        return None
    current = roles(group.passwords)[0] if group.passwords else None
    flow = ProfileFlow(
        url=screen.url,
        field=handle_of(screen, field),
        kind=kind,
        private=kind in PRIVATE,
        password=_handle(screen, current),
        submit=handle_of(screen, submit),
        before=field.value,
    )
    return _Found(points=points + worth, flow=flow)


def _points(screen: Screen, group: Group, own: set[Personal], submit: Element) -> int:
    page = f"{address_words(screen.url)} {screen.title} {group.identifiers}"
    save = SAVE.strength(label(submit)) or 2 * SAVE_ICON.marks(identifiers(submit))
    points = 2 * len(own) + 3 * ACCOUNT.marks(page) + save
    points -= 6 * (LOGIN.strength(label(submit)) > 0 or REGISTER.strength(label(submit)) > 0)
    return points


def _can_hold(element: Element) -> bool:
    """Whether a free text fits in."""
    if not usable(element) or element.readonly or element.type in {"email", "tel", "number", "url"}:
        return False
    written = element.tag == "textarea" or is_text(element)
    return written and (element.maxlength < 0 or element.maxlength >= ROOM) and not element.inputmode


def _handle(screen: Screen, element: Element | None) -> Handle | None:
    return handle_of(screen, element) if element is not None else None


def _own_pages(screens: Sequence[Screen]) -> list[str]:
    scored: dict[str, int] = {}
    for screen in screens:
        for each in screen.elements:
            if not is_link(each) or not is_safe_link(screen, each, screen.url, ()):
                continue
            address = urljoin(screen.url, each.href)
            points = 2 * ACCOUNT.strength(label(each)) + 2 * ACCOUNT.marks(address_words(each.href))
            if points and same_origin(screen.url, address):
                scored[address] = max(points, scored.get(address, 0))
    return sorted(scored, key=lambda address: -scored[address])
