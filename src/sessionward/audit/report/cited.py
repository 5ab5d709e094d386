"""A requirement of a standard, as the reports need it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from sessionward.standards import categories


class Cited(Protocol):
    """A requirement of a standard, as ``sessionward.standards`` has it."""

    @property
    def id(self) -> str:
        """The standard's own id after its name."""

    @property
    def title(self) -> str:
        """What it asks, in a line."""

    @property
    def link(self) -> str:
        """Where it is published."""

    @property
    def source(self) -> str:
        """The edition."""


LookUp = Callable[[str], Cited]
"""Finds a requirement by its id; raises LookupError where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A requirement that a finding touches; ``link`` and the rest are empty for an id that nobody knows."""

    id: str
    title: str = ""
    link: str = ""
    source: str = ""


def demands(requirements: Iterable[str]) -> tuple[str, ...]:
    """What a check breaks, and the categories of the OWASP Top 10 that its weaknesses belong to, each once."""
    own = tuple(requirements)
    return tuple(dict.fromkeys((*own, *categories(own))))


def cited(names: Iterable[str], look_up: LookUp) -> tuple[Standard, ...]:
    """Each requirement by its id; one that we do not know keeps its id, for a third party's check may cite it."""
    return tuple(_standard(name, look_up) for name in names)


def _standard(name: str, look_up: LookUp) -> Standard:
    try:
        found = look_up(name)
    except LookupError:
        return Standard(id=name)
    return Standard(id=found.id, title=found.title, link=found.link, source=found.source)
