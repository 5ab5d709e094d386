"""What a page shows, turned into a Screen, and the way back from an Element to the node it stands for."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, fields, replace
from importlib.resources import files
from typing import Any

from playwright.async_api import ElementHandle, Error, Frame, JSHandle, Page

from sessionward.audit.browser.failure import is_detached, is_gone
from sessionward.audit.browser.scope import Scope
from sessionward.audit.driver import DriverError, Element, Form, Screen

SCRIPT = files(__package__).joinpath("drawing.js").read_text(encoding="utf-8")
FIND = """(seen, selector) => {
  const found = [document, ...seen.roots].map((root) => root.querySelector(selector)).find(Boolean);
  return found ? seen.nodes.findIndex((node) => found.contains(node)) : -1;
}"""
NODE = "(seen, index) => seen.nodes[index]?.isConnected ? seen.nodes[index] : null"
KEPT = 4
"""So many looks back an element can still be acted on."""
MOST_FRAMES = 12
MOST_TEXT = 200_000
WORDS = frozenset(field.name for field in fields(Element)) - {"ref", "frame"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look at the page: for each frame the handle of what the script gave."""

    number: int
    handles: tuple[JSHandle, ...]


class Drawing:
    """Looks at pages and remembers the nodes of the last few looks."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._looks: deque[_Look] = deque()
        self._number = 0

    async def look(self, page: Page, *, status: int = 0) -> Screen:
        """The page as it is drawn now. Raises playwright's Error where the page goes away meanwhile."""
        self._number += 1
        seen = [part for frame in self._frames(page) if (part := await self._part(frame, page))]
        self._looks.append(_Look(number=self._number, handles=tuple(handle for handle, _, _ in seen)))
        while len(self._looks) > KEPT:
            for handle in self._looks.popleft().handles:
                await _dispose(handle)
        return self._screen([(frame, data) for _, frame, data in seen], page, status)

    async def find(self, page: Page, selector: str) -> Element | None:
        """The first element that the CSS selector finds in any frame, as the last look would describe it."""
        screen = await self.look(page)
        look = self._looks[-1]
        for place, handle in enumerate(look.handles):
            index: int = await handle.evaluate(FIND, selector)
            ref = f"{look.number}.{place}.{index}"
            if found := next((element for element in screen.elements if element.ref == ref), None):
                return found
        return None

    async def node(self, element: Element) -> ElementHandle | None:
        """The node that an element of one of the last looks stands for, None where it is no longer on the page."""
        number, frame, index = (int(part) for part in element.ref.split("."))
        look = next((look for look in self._looks if look.number == number), None)
        if look is None or frame >= len(look.handles):
            return None
        try:
            return (await look.handles[frame].evaluate_handle(NODE, index)).as_element()
        except Error as error:
            if is_gone(error) or not is_detached(error):
                raise
            return None

    async def again(self, element: Element, page: Page) -> ElementHandle:
        """The node of an element that was drawn anew since: the only one now that is described alike.

        Raises DriverError where there is none, or more than one.
        """
        screen = await self.look(page)
        alike = [found for found in screen.elements if _face(found) == _face(element)]
        node = await self.node(alike[0]) if len(alike) == 1 else None
        if node is None:
            called = element.name or element.field or element.id or "without a name"
            raise DriverError(
                f"The page changed: the {element.role or element.tag} “{called}” is no longer there."
            )
        return node

    def _frames(self, page: Page) -> list[Frame]:
        inner = [frame for frame in page.frames if frame != page.main_frame and self._scope.allows(frame.url)]
        return [page.main_frame, *inner[:MOST_FRAMES]]

    async def _part(self, frame: Frame, page: Page) -> tuple[JSHandle, Frame, dict[str, Any]] | None:
        try:
            handle = await frame.evaluate_handle(SCRIPT)
            data: dict[str, Any] = await handle.evaluate("seen => seen.data")
        except Error as error:
            if frame == page.main_frame or is_gone(error):
                raise
            return None
        return handle, frame, data

    def _screen(self, seen: list[tuple[Frame, dict[str, Any]]], page: Page, status: int) -> Screen:
        elements: list[Element] = []
        forms: list[Form] = []
        texts: list[str] = []
        for place, (frame, data) in enumerate(seen):
            inner = "" if frame == page.main_frame else frame.name or frame.url.partition("?")[0]
            if inner and not data["shown"]:
                continue
            texts.append(data["text"])
            elements += _elements(data["elements"], f"{self._number}.{place}", inner, len(forms))
            forms += [Form(index=len(forms) + index, **form) for index, form in enumerate(data["forms"])]
        main = seen[0][1]
        return Screen(
            url=main["url"],
            title=main["title"],
            text="\n".join(texts)[:MOST_TEXT],
            elements=tuple(elements),
            forms=tuple(forms),
            status=status,
            language=main["language"],
        )


def _elements(found: list[dict[str, Any]], prefix: str, frame: str, first_form: int) -> list[Element]:
    elements = []
    for index, words in enumerate(found):
        known = {name: value for name, value in words.items() if name in WORDS}
        known["options"], known["box"] = tuple(known["options"]), tuple(known["box"])
        if known["form"] >= 0:
            known["form"] += first_form
        elements.append(Element(ref=f"{prefix}.{index}", frame=frame, **known))
    return elements


def _face(element: Element) -> Element:
    """The element without what changes from one drawing to the next."""
    return replace(
        element, ref="", box=(0, 0, 0, 0), value="", visible=True, enabled=True, checked=False, expanded=False,
        hints="", form=-1, options=(),
    )  # fmt: skip


async def _dispose(handle: JSHandle) -> None:
    try:
        await handle.dispose()
    except Error:
        # Its page is gone, and the handle with it.
        return
