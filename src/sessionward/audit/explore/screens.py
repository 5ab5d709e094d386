"""The graph of screens: when two pages count as the same, and how one leads to another."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from sessionward.audit.driver import Screen
from sessionward.audit.explore.flows import Handle

LONGEST_WORD = 24
_NUMBER = re.compile(r"\d+")
_DATE = re.compile(r"\d{4}([-/.]?\d{2}){1,2}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"(?=.*\d)[0-9a-f]{8,}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d]+(?:[-_.][^\W\d]+){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A screen that was reached: where, by which clicks, and how it looked first."""

    key: str
    address: str
    screen: Screen
    path: tuple[Handle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A way from one screen to another; ``by`` is what a person would call the link or button."""

    source: str
    target: str
    by: str = ""


@dataclass(slots=True)
class Graph:
    """The screens that were seen, by key, and the ways between them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: set[Edge] = field(default_factory=set)

    def add(self, screen: Screen, address: str, path: tuple[Handle, ...] = ()) -> tuple[Node, bool]:
        """The node of a screen, and whether it is new."""
        found = key(screen)
        known = self.nodes.get(found)
        if known is not None:
            return known, False
        node = Node(key=found, address=address, screen=screen, path=path)
        self.nodes[found] = node
        return node, True


def key(screen: Screen) -> str:
    """What is equal for two screens that offer the same: the path, the names in the query, and the shape of the page.

    Values of the query do not count: where they matter, as for ``?do=edit``, the shape tells.
    """
    pattern, _, query = address_pattern(screen.url).partition("?")
    names = "&".join(sorted({pair.partition("=")[0] for pair in query.partition("#")[0].split("&")}))
    return f"{pattern}?{names}#{query.partition('#')[2]} {shape(screen)}"


def shape(screen: Screen) -> str:
    """A short hash of which kinds of elements a page offers; how many of a kind, and their words, do not matter."""
    kinds = {
        (each.tag, each.type, each.role, each.landmark, _stem(each.field), each.in_dialog)
        for each in screen.elements
        if each.visible
    }
    text = "\n".join(sorted("\t".join(map(str, kind)) for kind in kinds))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def address_pattern(url: str) -> str:
    """The address with numbers, dates, hashes and other values replaced by ``{id}``; words stay."""
    parts = urlsplit(url)
    pattern = "/".join(_segment(unquote(each)) for each in parts.path.split("/")) or "/"
    query = sorted(
        {f"{name}={_segment(value)}" for name, value in parse_qsl(parts.query, keep_blank_values=True)}
    )
    if query:
        pattern += "?" + "&".join(query)
    if is_route(parts.fragment):
        pattern += "#" + "/".join(_segment(each) for each in parts.fragment.split("/"))
    return pattern


def coarse_pattern(url: str) -> str:
    """A wider pattern: values of the query do not count at all, nor the last of several parts of the path.

    Wikis and shops name each of a thousand like pages by a word; this ends them.
    """
    parts = urlsplit(url)
    segments = [_segment(unquote(each)) for each in parts.path.split("/") if each]
    path = [*segments[:-1], "*"] if len(segments) > 1 else segments
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    route = [each for each in parts.fragment.split("/") if each][:1] if is_route(parts.fragment) else []
    return f"/{'/'.join(path)}?{'&'.join(names)}#{'/'.join(route)}"


def is_route(fragment: str) -> bool:
    """Whether a fragment is an address within a single-page app."""
    return fragment.lstrip("!").startswith("/")


def without_fragment(url: str) -> str:
    """The address without a mere place on the page."""
    page, _, fragment = url.partition("#")
    return url if is_route(fragment) else page


def _segment(text: str) -> str:
    if not text:
        return ""
    if _NUMBER.fullmatch(text) or _DATE.fullmatch(text) or _UUID.fullmatch(text) or _HEX.fullmatch(text):
        return "{id}"
    name, dot, ending = text.rpartition(".")
    if dot and name and ending.isalpha():
        return f"{_segment(name)}.{ending}"
    return text if _WORD.fullmatch(text) and len(text) <= LONGEST_WORD else "{id}"


def _stem(name: str) -> str:
    """The name of a field without the numbers of rows and ids."""
    return _NUMBER.sub("#", name) if len(name) <= LONGEST_WORD * 2 else "{id}"
