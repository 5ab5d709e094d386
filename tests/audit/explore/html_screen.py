"""Reads a page of HTML as the screen that a browser would draw, closely enough for tests without a browser.

What is hidden (the attribute, closed details and dialogs) is there with ``visible=False``, as a driver reports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from sessionward.audit.driver import Element, Form, Screen

VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "area"})
BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "li", "form", "main", "header", "footer", "nav", "section", "body"}
)
LANDMARKS = {
    "header": "banner",
    "nav": "navigation",
    "main": "main",
    "footer": "contentinfo",
    "dialog": "dialog",
}
ACTIVE = frozenset({"button", "select", "textarea", "summary"})
ACTIVE_ROLES = frozenset({"button", "link", "menuitem", "tab", "checkbox", "switch"})
SILENT = frozenset({"script", "style", "title", "head"})


@dataclass(slots=True)
class Node:
    """An element of the page. ``parts`` are texts and child nodes in order."""

    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    parts: list[Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def children(self) -> list[Node]:
        return [part for part in self.parts if isinstance(part, Node)]

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Node]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def hidden(self) -> bool:
        if "hidden" in self.attributes or self.get("type") == "hidden" or "display:none" in self.get("style"):
            return True
        if self.tag == "dialog" and "open" not in self.attributes:
            return True
        inside = self.parent is not None and self.parent.tag == "details" and self.tag != "summary"
        return inside and self.parent is not None and "open" not in self.parent.attributes

    @property
    def drawn(self) -> bool:
        return not self.hidden and not any(node.hidden for node in self.ancestors())

    def text(self) -> str:
        if self.tag in SILENT or self.hidden:
            return ""
        pieces = [part if isinstance(part, str) else part.text() for part in self.parts]
        joined = "".join(pieces)
        return f"\n{joined}\n" if self.tag in BLOCKS else joined


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node(tag="root", attributes={})
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag=tag, attributes={key: value or "" for key, value in attrs}, parent=self.here)
        self.here.parts.append(node)
        if tag not in VOID:
            self.here = node

    def handle_endtag(self, tag: str) -> None:
        for node in (self.here, *self.here.ancestors()):
            if node.tag == tag and node.parent is not None:
                self.here = node.parent
                return

    def handle_data(self, data: str) -> None:
        self.here.parts.append(data)


def parse(html: str) -> Node:
    """The page as a tree."""
    builder = _Builder()
    builder.feed(html)
    return builder.root


def screen_of(root: Node, url: str, status: int = 200) -> Screen:
    """The screen of a page. The reference of an element is its number in the page."""
    forms = [node for node in root.walk() if node.tag == "form"]
    title = next((node for node in root.walk() if node.tag == "title"), None)
    numbered = list(enumerate(root.walk()))
    return Screen(
        url=url,
        title="".join(part for part in title.parts if isinstance(part, str)) if title else "",
        text="\n".join(line.strip() for line in root.text().splitlines() if line.strip()),
        elements=tuple(
            _element(node, str(number), root, forms, url) for number, node in numbered if active(node)
        ),
        forms=tuple(
            Form(
                index=index,
                action=urljoin(url, node.get("action")),
                method=(node.get("method") or "get").lower(),
                hints=f"{node.get('id')} {node.get('class')}".strip().lower(),
            )
            for index, node in enumerate(forms)
        ),
        status=status,
        language=next((node.get("lang") for node in root.walk() if node.tag == "html"), ""),
    )


def active(node: Node) -> bool:
    """Whether a person can do something with it."""
    if node.tag == "input":
        return node.get("type") != "hidden"
    if node.tag in ACTIVE or (node.tag == "a" and "href" in node.attributes):
        return True
    return node.get("role") in ACTIVE_ROLES or "data-opens" in node.attributes or "onclick" in node.attributes


def name_of(node: Node, root: Node) -> str:
    """The accessible name, in the browser's order."""
    if node.get("aria-label"):
        return node.get("aria-label")
    if node.tag in {"input", "select", "textarea"} and node.get("type") not in {"submit", "button"}:
        labelled = [
            each
            for each in root.walk()
            if each.tag == "label"
            and ((each.get("for") and each.get("for") == node.get("id")) or each in list(node.ancestors()))
        ]
        words = " ".join(" ".join(each.text().split()) for each in labelled)
        return words or node.get("title") or node.get("placeholder")
    shown = " ".join(node.text().split()) or node.get("value")
    images = " ".join(each.get("alt") for each in node.walk() if each.get("alt"))
    return shown or images or node.get("title")


def _element(node: Node, ref: str, root: Node, forms: list[Node], url: str) -> Element:
    above = [node, *node.ancestors()]
    owner = next((each for each in above if each.tag == "form"), None)
    place = next((each for each in above if _is_landmark(each)), None)
    href, has = node.get("href"), node.attributes.__contains__
    kind = node.get("type") or ("submit" if node.tag == "button" else "")
    return Element(
        ref=ref,
        tag=node.tag,
        type=kind if node.tag in {"input", "button"} else "",
        role=node.get("role"),
        name=name_of(node, root),
        field=node.get("name"),
        id=node.get("id"),
        href=urljoin(url, href) if href and not href.startswith("#") else href,
        value="" if kind == "password" else node.get("value"),
        placeholder=node.get("placeholder"),
        autocomplete=node.get("autocomplete"),
        inputmode=node.get("inputmode"),
        maxlength=int(node.get("maxlength") or -1),
        form=next((index for index, each in enumerate(forms) if each is owner), -1),
        landmark=LANDMARKS.get(place.get("role") or place.tag, "") if place else "",
        hints=_hints(node),
        visible=node.drawn,
        enabled=not has("disabled"),
        required=has("required"),
        readonly=has("readonly"),
        checked=has("checked"),
        expands=has("aria-haspopup") or has("aria-expanded") or node.tag == "summary",
        expanded=node.get("aria-expanded") == "true",
        in_dialog=any(each.tag == "dialog" or each.get("role") == "dialog" for each in above),
        options=tuple(each.get("value") for each in node.children if each.tag == "option"),
    )


def _hints(node: Node) -> str:
    pairs = [(key, value) for key, value in node.attributes.items() if key.startswith("data-")]
    data = [f"{key.removeprefix('data-')} {value}" for key, value in pairs]
    return " ".join(
        filter(None, [*(each.get("class") for each in node.walk()), node.get("id"), *data])
    ).lower()


def _is_landmark(node: Node) -> bool:
    return bool(LANDMARKS.get(node.get("role") or node.tag)) or node.get("role") in LANDMARKS.values()
