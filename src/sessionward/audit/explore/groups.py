"""What belongs together on a screen: the fields and buttons of one form, with or without a form element.

Single-page apps often draw fields without any ``<form>``; then everything without a form in the same frame, and in or
outside the dialog, counts as one group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sessionward.audit.driver import Element, Form, Screen

TEXT_TYPES = frozenset({"", "text", "email", "tel", "number", "url", "username"})
PRESSED_TYPES = frozenset({"submit", "button", "image", "reset"})
PRESSED_ROLES = frozenset({"button", "menuitem", "tab", "option", "menuitemradio"})
TICKED_ROLES = frozenset({"checkbox", "switch", "menuitemcheckbox"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The elements of one form, in the order of the page. ``form`` is None where there is no form element."""

    elements: tuple[Element, ...]
    form: Form | None = None

    @property
    def texts(self) -> tuple[Element, ...]:
        """The visible fields for a line of text, passwords and searches apart."""
        return tuple(each for each in self.elements if usable(each) and is_text(each))

    @property
    def passwords(self) -> tuple[Element, ...]:
        """The visible fields for a password."""
        return tuple(each for each in self.elements if usable(each) and is_password(each))

    @property
    def buttons(self) -> tuple[Element, ...]:
        """What can be pressed and is no link to another page. Disabled ones count: filling often enables them."""
        return tuple(each for each in self.elements if each.visible and is_pressed(each))

    @property
    def ticks(self) -> tuple[Element, ...]:
        """Check boxes and switches, drawn by the browser or by styles over a hidden one."""
        return tuple(each for each in self.elements if is_tick(each))

    @property
    def identifiers(self) -> str:
        """What the form calls itself: the path of its action, its class names, id and data attributes."""
        return f"{address_words(self.form.action)} {self.form.hints}" if self.form else ""


def groups(screen: Screen) -> Iterator[Group]:
    """The groups of a screen that hold anything, those of an open dialog first."""
    keys: dict[tuple[bool, int, str], list[Element]] = {}
    for each in screen.elements:
        key = (not each.in_dialog, each.form, "" if each.form >= 0 else each.frame)
        keys.setdefault(key, []).append(each)
    forms = {form.index: form for form in screen.forms}
    for (_, form, _frame), elements in sorted(keys.items(), key=lambda item: item[0][0]):
        yield Group(elements=tuple(elements), form=forms.get(form))


def group_of(screen: Screen, element: Element) -> Group:
    """The group that an element of the screen stands in."""
    return next(group for group in groups(screen) if any(each.ref == element.ref for each in group.elements))


def usable(element: Element) -> bool:
    """Whether a person can see and use it now."""
    return element.visible and element.enabled


def is_password(element: Element) -> bool:
    """Whether it is a field for a password; boxes for a single letter are not."""
    secret = element.type == "password" or "current-password" in element.autocomplete
    return element.tag == "input" and secret and element.maxlength != 1


def is_text(element: Element) -> bool:
    """Whether it is a field for a line of text, neither a password nor a search."""
    return (
        element.tag == "input"
        and element.type in TEXT_TYPES
        and element.role not in {"searchbox", "combobox", "checkbox", "switch", "button", "spinbutton"}
        and not is_password(element)
    )


def is_tick(element: Element) -> bool:
    """Whether it is a check box or a switch."""
    return (element.tag == "input" and element.type == "checkbox") or element.role in TICKED_ROLES


def is_field(element: Element) -> bool:
    """Whether anything can be entered into it."""
    if element.tag == "input":
        return element.type not in PRESSED_TYPES | {"hidden"}
    return element.tag in {"select", "textarea"} or element.role in TICKED_ROLES | {
        "textbox",
        "combobox",
        "radio",
    }


def is_link(element: Element) -> bool:
    """Whether it leads to another address."""
    if element.tag not in {"a", "area"} or not element.href or is_anchor(element):
        return False
    return urlsplit(element.href).scheme in {"http", "https", ""}


def is_anchor(element: Element) -> bool:
    """Whether its address is only a place on the page, as of links that scripts make into buttons.

    ``#/path`` and ``#!/path`` are addresses of single-page apps.
    """
    page, mark, place = element.href.partition("#")
    if not mark or place.lstrip("!").startswith("/"):
        return False
    return not page or not place or element.expands


def is_pressed(element: Element) -> bool:
    """Whether it is pressed like a button: buttons proper, links without an address, clickable boxes."""
    if element.tag == "input":
        return element.type in PRESSED_TYPES - {"reset"}
    return not is_field(element) and not is_link(element)


def label(element: Element) -> str:
    """What a person would call it."""
    worded = element.value if element.tag == "input" and element.type in PRESSED_TYPES else ""
    return element.name or worded or element.placeholder


def identifiers(element: Element) -> str:
    """What its maker called it: name attribute, id, class names and data attributes."""
    return f"{element.field} {element.id} {element.hints}"


def address_words(url: str) -> str:
    """The words of an address below its host: path, query and fragment."""
    parts = urlsplit(url)
    return unquote(f"{parts.path} {parts.query} {parts.fragment}")


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses have scheme, host and port in common."""
    return urlsplit(one)[:2] == urlsplit(other)[:2]
