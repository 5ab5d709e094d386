"""The protocol by which everything above it drives a browser. ``sessionward.audit.browser`` fulfils it.

A ``Tab`` is one isolated browser (its own cookies, storage and connections) with one page. Nothing here knows
what a login is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sessionward.http import Cookie, Exchange, Request

UNDER_WAY = "no answer yet"
"""The ``error`` of a recorded exchange that may still be answered."""


class DriverError(Exception):
    """The browser or the network failed; the message is fit for a person."""


class TargetUnreachable(DriverError):
    """Nothing answers at the address."""


class OutOfScope(DriverError):
    """The app led to a host that the audit may not touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing on a page that a person can use, as drawn.

    ``ref`` is good for acting on it until the page changes. ``name`` is the accessible name (label, aria-label, text,
    title, alt, placeholder, in the browser's order); ``field`` the name attribute. ``form`` is the index of the
    form in ``Screen.forms``, -1 for none. ``landmark`` is banner, navigation, main, contentinfo, dialog or empty.
    ``hints`` are class names, id and data attributes in one lower-case text, for icons without words.
    ``box`` is x, y, width, height in CSS pixels from the page's top left.
    """

    ref: str
    tag: str
    type: str = ""
    role: str = ""
    name: str = ""
    field: str = ""
    id: str = ""
    href: str = ""
    value: str = ""
    placeholder: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    maxlength: int = -1
    form: int = -1
    landmark: str = ""
    hints: str = ""
    visible: bool = True
    enabled: bool = True
    required: bool = False
    readonly: bool = False
    checked: bool = False
    expands: bool = False
    expanded: bool = False
    in_dialog: bool = False
    frame: str = ""
    options: tuple[str, ...] = ()
    box: tuple[float, float, float, float] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form element: where it would send what. ``action`` is absolute."""

    index: int
    action: str
    method: str
    enctype: str = ""
    hints: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A page as it is drawn now. ``text`` is its visible text, at most 200,000 characters."""

    url: str
    title: str
    text: str = field(repr=False)
    elements: tuple[Element, ...] = ()
    forms: tuple[Form, ...] = ()
    status: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebStorage:
    """What scripts of the page can read: ``cookie`` is document.cookie; ``items`` are area, key, value."""

    cookie: str = field(repr=False)
    items: tuple[tuple[str, str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of a forged request."""

    sent: bool
    status: int = 0
    cookies: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a script of another origin got: ``readable`` with the ``body``, or why not."""

    readable: bool
    body: str = field(default="", repr=False)
    cookies: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a browser still holds after it was closed and started again: cookies and web storage (area, key, value)."""

    cookies: tuple[Cookie, ...] = ()
    items: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)


class Tab(Protocol):
    """One isolated browser with one page. Methods raise DriverError where the page or the network fails."""

    async def go(self, url: str) -> Screen:
        """Navigate, settle, look. Raises OutOfScope, TargetUnreachable, DriverError."""

    async def look(self) -> Screen:
        """The page as it is drawn now."""

    async def click(self, element: Element) -> None:
        """Click as a person would (scrolling to it), then settle. Raises DriverError where it cannot be clicked."""

    async def hover(self, element: Element) -> None:
        """Move the pointer onto it, then settle."""

    async def fill(self, element: Element, text: str) -> None:
        """Replace the content of a field by typing."""

    async def check(self, element: Element, *, on: bool) -> None:
        """Set a check box or switch."""

    async def choose(self, element: Element, option: str) -> None:
        """Choose an option of a list by its value."""

    async def press(self, key: str) -> None:
        """Press a key in the page, such as Enter or Escape, then settle."""

    async def query(self, selector: str) -> Element | None:
        """The first element that a CSS selector of the user's matches, None where none does."""

    async def run(self, script: Path, account: Mapping[str, Any]) -> None:
        """Run ``async def login(page, account)`` of the user's script on the page, then settle.

        ``page`` is Playwright's; ``account`` has the attributes username, password and code, an async function that
        gives a one-time code or None. Raises DriverError where the script cannot be read or fails.
        """

    async def remove(self, element: Element) -> None:
        """Take an element out of the page, so that a form is sent without it."""

    async def settle(self) -> None:
        """Wait until the page is loaded, the network is quiet and the page stopped changing, within a bound."""

    def recorded(self) -> tuple[Exchange, ...]:
        """Every in-scope exchange of this tab so far, oldest first, with the real request headers (Cookie included)."""

    async def cookies(self) -> tuple[Cookie, ...]:
        """The cookies it would send to the target."""

    async def plant(self, cookies: Sequence[Cookie]) -> None:
        """Put cookies into it."""

    async def plant_storage(self, items: Sequence[tuple[str, str, str]]) -> None:
        """Put items (area, key, value; areas local and session) into the web storage of the target's origin."""

    async def storage(self) -> WebStorage:
        """What scripts can read on the present page."""

    async def forge(self, request: Request, how: str) -> Sent:
        """From a page of a made-up other site in this browser, send the request (navigate, image, form or fetch)."""

    def hold(self, text: str) -> AbstractAsyncContextManager[list[Request]]:
        """Within it, what the page wants to send with ``text`` in its address or body is collected and never leaves."""

    async def read_across(self, url: str, origin: str) -> Heard:
        """Let a script of a page at ``origin`` (an origin of which nothing is fetched, or null) ask for ``url``."""

    async def lure(self, url: str, origin: str) -> Screen:
        """Show a made-up page at ``origin`` that holds ``url`` in a frame; what is drawn, in the frame as well."""

    async def source(self) -> str:
        """The document as it stands now, as HTML; texts that are not drawn are in it as well."""

    async def back(self) -> Screen | None:
        """Press the browser's Back button, settle, look; None where there is no page to go back to."""

    async def from_cache(self, url: str) -> str | None:
        """What the browser's own cache holds of an address, without asking the app; None where that is nothing.

        The page is left for an empty one of the same origin.
        """

    async def screenshot(self, path: Path) -> None:
        """Write a PNG of the viewport, private to the user."""

    async def picture(self, *, private: Sequence[str], harmless: Callable[[str], bool]) -> bytes:
        """A small JPEG of the viewport on which nothing can be read but captions that ``harmless`` lets pass.

        The places of ``private`` texts are framed. Empty where not all could be covered.
        """

    async def close(self) -> None:
        """Close it with all it holds."""


class Driver(Protocol):
    """A browser, and requests beside it."""

    @property
    def requests(self) -> int:
        """How many requests were made so far, by tabs and by ``fetch``."""

    async def open(self, *, mobile: bool = False) -> Tab:
        """A fresh tab that shares nothing with any other."""

    async def fetch(self, request: Request) -> Exchange:
        """Send exactly this request on a fresh connection, follow no redirect, keep no cookie.

        The body is read up to a limit of bytes and seconds. A failing network gives an Exchange without response.
        """

    async def restarted(self, cookies: Sequence[Cookie], items: Sequence[tuple[str, str, str]]) -> Kept:
        """Let a browser hold these cookies and items (area, key, value), close it and start it again: what is left."""

    async def overheard(self, url: str, cookies: Sequence[Cookie]) -> tuple[str, ...]:
        """The names of those cookies that a browser sends along to a plain http address, as the line shows them.

        The request meets a listener of ours and nobody else.
        """
