"""The single texts that an answer is made of, each with its place: leaves of JSON, text runs and attributes of HTML."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from sessionward.http import Response

LONGEST = 600_000
"""Characters of HTML that are read; markers are looked for in all of it."""

MOST = 6000
"""No more leaves than these are read of one answer."""

SPOKEN = frozenset({"alt", "aria-label", "content", "href", "placeholder", "title", "value"})
"""Attributes whose values are about the content; those called data-… are read as well."""

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
GUARD = re.compile(r"^\s*(?:\)\]\}'?,?|for\s*\(;;\);|while\s*\(1\);)\s*")
"""What some apps put before JSON lest it be read as a script."""

LITERAL = re.compile(r"\"((?:[^\"\\\n]|\\.){3,160})\"|'((?:[^'\\\n]|\\.){3,160})'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One text and where it stands. ``place`` is equal for the same spot in another party's answer; ``key`` is the
    name that the app gave it (the JSON key, the field or attribute name). ``number``: it is a JSON number."""

    place: str
    key: str
    value: str = field(repr=False)
    number: bool = False


@lru_cache(maxsize=24)
def leaves(response: Response) -> tuple[Leaf, ...]:
    """All leaves of an answer in document order, at most ``MOST``."""
    text = response.text
    data = _json(response, text)
    if data is not None:
        found: Iterator[Leaf] = _json_leaves(data, "$", "")
    elif "html" in response.media_type or text.lstrip()[:1] == "<":
        found = iter(_html_leaves(text))
    else:
        found = (Leaf(place="line", key="", value=line.strip()) for line in text.splitlines() if line.strip())
    return tuple(itertools.islice(found, MOST))


def _json(response: Response, text: str) -> Any | None:
    if "html" in response.media_type or not (
        "json" in response.media_type or text.lstrip()[:1] in {"{", "["}
    ):
        return None
    try:
        return json.loads(GUARD.sub("", text, count=1))
    except ValueError:
        return None


def _json_leaves(data: object, place: str, key: str) -> Iterator[Leaf]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _json_leaves(value, f"{place}.{name}", str(name))
    elif isinstance(data, list):
        for value in data:
            yield from _json_leaves(value, f"{place}[]", key)
    elif isinstance(data, str):
        if data.strip():
            yield Leaf(place=place, key=key, value=data)
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield Leaf(place=place, key=key, value=json.dumps(data), number=True)


class _Reader(HTMLParser):
    """Collects leaves. Unclosed elements are forgiven: a closing tag closes everything inside it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Leaf] = []
        self._path: list[str] = []
        self._script_type: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        label = named.get("name") or named.get("id") or named.get("property") or ""
        for name, value in named.items():
            if value.strip() and (name in SPOKEN or name.startswith("data-")):
                place = f"{self._place()}/{tag}[{label}]@{name}"
                key = label or name if name in {"value", "content"} else name
                self.found.append(Leaf(place=place, key=key, value=value.strip()))
        if tag not in VOID:
            self._path.append(tag)
        if tag == "script":
            self._script_type = named.get("type", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._path:
            while self._path.pop() != tag:
                pass
        if tag == "script":
            self._script_type = None

    def handle_data(self, data: str) -> None:
        text = data.strip()
        if not text or self._path[-1:] == ["style"]:
            return
        if self._script_type is None:
            self.found.append(Leaf(place=self._place(), key="", value=text))
        else:
            self.found.extend(itertools.islice(_script_leaves(text), MOST))

    def _place(self) -> str:
        return "/".join(self._path[-4:])


def _html_leaves(text: str) -> list[Leaf]:
    reader = _Reader()
    reader.feed(text[:LONGEST])
    reader.close()
    return reader.found


def _script_leaves(text: str) -> Iterator[Leaf]:
    try:
        data = json.loads(text)
    except ValueError:
        for match in LITERAL.finditer(text):
            yield Leaf(place="script", key="", value=match[1] or match[2])
    else:
        yield from _json_leaves(data, "script$", "")
