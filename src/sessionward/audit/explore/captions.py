"""Names for fields that have none: what stands right above or before them, as a person would read it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sessionward.audit.driver import Element, Screen
from sessionward.audit.explore.groups import is_field, is_tick

FARTHEST_ABOVE = 70
FARTHEST_BEFORE = 260
ALIGNED = 40
LONGEST = 60
OVERLAP = -2


@lru_cache(maxsize=64)
def captioned(screen: Screen) -> Screen:
    """The screen with the unnamed fields named after the words right above them, or before them in the line.

    A placeholder is no caption: many say only what a value looks like.
    """
    words = [each for each in screen.elements if _is_caption(each)]
    if not words:
        return screen
    return replace(screen, elements=tuple(_named(each, words) for each in screen.elements))


def _named(element: Element, words: list[Element]) -> Element:
    if not element.visible or not is_field(element) or is_tick(element):
        return element
    if element.name and element.name != element.placeholder:
        return element
    distances = [(distance, each) for each in words if (distance := _distance(each, element)) is not None]
    if not distances:
        return element
    nearest = min(distances, key=lambda pair: pair[0])[1]
    return replace(element, name=nearest.name)


def _is_caption(element: Element) -> bool:
    """Whether it is a text that is drawn like a label: no field, no link, no button proper."""
    plain = element.tag not in {"a", "button", "input", "select", "textarea"} and not element.role
    return plain and element.visible and 0 < len(element.name) <= LONGEST


def _distance(caption: Element, element: Element) -> float | None:
    """How far a caption is from a field it may belong to, None where it stands elsewhere."""
    left, top, width, height = caption.box
    field_left, field_top, _, field_height = element.box
    if not width or not field_height or caption.frame != element.frame:
        return None
    above = field_top - (top + height)
    if OVERLAP <= above <= FARTHEST_ABOVE and abs(left - field_left) <= ALIGNED:
        return above
    before = field_left - (left + width)
    middle = top + height / 2
    if OVERLAP <= before <= FARTHEST_BEFORE and field_top <= middle <= field_top + field_height:
        return before
    return None
