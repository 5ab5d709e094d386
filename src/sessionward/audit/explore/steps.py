"""Which links may be followed and which controls clicked without changing or ending anything."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from sessionward.audit.driver import Element, Form, Screen
from sessionward.audit.explore.groups import (
    Group,
    address_words,
    groups,
    identifiers,
    is_field,
    is_link,
    is_pressed,
    is_text,
    label,
    same_origin,
    usable,
)
from sessionward.audit.explore.lexicon import SHORT, WHOLE
from sessionward.audit.explore.logout import logout_points
from sessionward.audit.explore.screens import without_fragment
from sessionward.audit.explore.words.access import USER_MENU
from sessionward.audit.explore.words.fields import SEARCH
from sessionward.audit.explore.words.pages import (
    ACCOUNT,
    ACTING,
    APPEARANCE,
    DESTRUCTIVE,
    DOWNLOAD,
    OPENING,
    SAVE,
    SECURITY,
)

FILES = frozenset(
    (
        "pdf zip gz tgz tar csv xls xlsx doc docx ods odt png jpg jpeg gif svg ico webp mp3 mp4 avi mov exe dmg "
        "iso ics vcf xml rss atom js css map woff woff2 apk"
    ).split()
)
MOST_ALIKE = 2
SUSPECT = 3
"""What may end the session is left alone long before it is sure enough to be called the way out."""
BOXES = frozenset({"tr", "td", "li", "div", "article", "section", "span"})


def links(screen: Screen, origin: str, exclude: Sequence[str]) -> list[tuple[int, str, str]]:
    """Addresses that may be opened: how interesting (more is better), the address, and what the link is called."""
    found: dict[str, tuple[int, str]] = {}
    for each in screen.elements:
        if not is_link(each) or not is_safe_link(screen, each, origin, exclude):
            continue
        address = without_fragment(urljoin(screen.url, each.href))
        points = interest(each)
        if address not in found or points > found[address][0]:
            found[address] = (points, label(each))
    return [(points, address, name) for address, (points, name) in found.items()]


def documents(screen: Screen, origin: str, exclude: Sequence[str]) -> list[str]:
    """Addresses of files and printouts: nothing to explore, but what they hold may be private."""
    found = (each for each in screen.elements if is_link(each) and is_harmless(screen, each, origin, exclude))
    addresses = (
        without_fragment(urljoin(screen.url, each.href)) for each in found if is_document(screen, each)
    )
    return list(dict.fromkeys(addresses))


def is_safe_link(screen: Screen, element: Element, origin: str, exclude: Sequence[str]) -> bool:
    """Whether a link may be opened in the browser: harmless, and no file."""
    return is_harmless(screen, element, origin, exclude) and not is_document(screen, element)


def is_document(screen: Screen, element: Element) -> bool:
    """Whether a link leads to a file or a printout, by its ending or by what it is called."""
    address = urljoin(screen.url, element.href)
    ending = urlsplit(address).path.rpartition(".")[2].lower()
    return ending in FILES or DOWNLOAD.strength(label(element)) > 0 or DOWNLOAD.marks(address_words(address))


def is_harmless(screen: Screen, element: Element, origin: str, exclude: Sequence[str]) -> bool:
    """Whether asking for a link changes nothing: in scope, no logout, nothing destructive."""
    address = urljoin(screen.url, element.href)
    if not same_origin(origin, address) or is_excluded(address, exclude):
        return False
    if logout_points(screen, element) >= SUSPECT:
        return False
    words, target = label(element), address_words(address)
    if DESTRUCTIVE.strength(words) >= SHORT or DESTRUCTIVE.marks(target):
        return False
    looks = APPEARANCE.strength(words)
    if looks >= WHOLE or (looks >= SHORT and APPEARANCE.marks(target)):
        return False
    hints = set(element.hints.split())
    return not ("method" in hints and {"delete", "post", "put", "patch"} & hints)


def is_excluded(address: str, exclude: Sequence[str]) -> bool:
    """Whether the user said to leave the address alone: a path, with all below it."""
    path = urlsplit(address).path.rstrip("/") + "/"
    return any(path.startswith(each.rstrip("/") + "/") for each in exclude if each)


def interest(element: Element) -> int:
    """How much a link promises to show the account's own data."""
    words, target = label(element), address_words(element.href)
    points = 3 * (ACCOUNT.strength(words) > 0 or ACCOUNT.marks(target)) + 2 * (SECURITY.strength(words) > 0)
    points += 2 * (element.landmark in {"navigation", "banner"}) + (element.landmark == "main")
    return points - 2 * (element.landmark == "contentinfo") - (not element.visible)


def clicks(screen: Screen) -> list[Element]:
    """Controls that may be clicked to see more, the most promising first; of many alike only two."""
    chosen: list[tuple[int, Element]] = []
    alike: dict[tuple[str, str, str], int] = {}
    for each in screen.elements:
        points = click_points(screen, each)
        if points <= 0:
            continue
        kind = (each.tag, each.role, each.hints)
        alike[kind] = alike.get(kind, 0) + 1
        if each.tag not in BOXES or alike[kind] <= MOST_ALIKE:
            chosen.append((points, each))
    chosen.sort(key=lambda pair: -pair[0])
    return [each for _, each in chosen]


def click_points(screen: Screen, element: Element) -> int:
    """How much a click promises; 0 for what might change, send, end or destroy something."""
    if not usable(element) or is_link(element) or is_field(element) or not is_pressed(element):
        return 0
    words, own = label(element), identifiers(element)
    if element.type in {"submit", "image"} and element.form >= 0 and not element.expands:
        return 0
    if logout_points(screen, element) >= SUSPECT or DESTRUCTIVE.strength(words) or DESTRUCTIVE.marks(own):
        return 0
    opens = element.expands or element.role == "tab" or element.tag == "summary"
    if not opens and (APPEARANCE.strength(words) >= SHORT or APPEARANCE.marks(own)):
        return 0
    if (ACTING.strength(words) or SAVE.strength(words) or DOWNLOAD.marks(own)) and not opens:
        return 0
    points = 5 * opens + 3 * (USER_MENU.strength(words) >= SHORT) + 3 * (OPENING.strength(words) >= SHORT)
    points += 3 * (element.landmark in {"navigation", "banner"}) + 2 * (element.role == "menuitem")
    points += 2 * (element.tag in BOXES and bool(words) and element.role not in {"button", "switch"})
    return points


def searches(screen: Screen) -> list[tuple[Form, Element, Group]]:
    """Forms that only ask, by GET and by what they say, with the field to type into.

    GET alone says nothing: it is what every form has that a script sends, whatever it changes.
    """
    found = []
    for group in groups(screen):
        if group.form is None or group.form.method.lower() != "get" or group.passwords or _saves(group):
            continue
        asked = [each for each in group.elements if usable(each) and (is_text(each) or each.type == "search")]
        plain = [each for each in asked if _asks(each)]
        if plain or (len(asked) == 1 and _is_search(group)):
            found.append((group.form, (plain or asked)[0], group))
    return found


def _asks(field: Element) -> bool:
    words = f"{label(field)} {field.placeholder}"
    return field.type == "search" or SEARCH.marks(identifiers(field)) or SEARCH.within(words)


def _is_search(group: Group) -> bool:
    """Whether the form, or a button of it, says that it searches."""
    said = any(SEARCH.strength(label(each)) for each in group.buttons)
    return said or SEARCH.marks(group.identifiers)


def _saves(group: Group) -> bool:
    """Whether a button of the form says that it changes something."""
    return any(
        meaning.strength(label(each)) >= SHORT
        for each in group.buttons
        for meaning in (SAVE, ACTING, DESTRUCTIVE)
    )
