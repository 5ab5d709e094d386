"""Saving a form: the button that does it, wherever an app has put it, and pressing it."""

from __future__ import annotations

from sessionward.audit.driver import Element, Screen, Tab
from sessionward.audit.explore.entrance import submit_button
from sessionward.audit.explore.flows import Handle
from sessionward.audit.explore.groups import Group, group_of, identifiers, is_link, is_pressed, label
from sessionward.audit.explore.handles import resolve
from sessionward.audit.explore.lexicon import SHORT
from sessionward.audit.explore.words.access import LOGOUT
from sessionward.audit.explore.words.answers import NO
from sessionward.audit.explore.words.fields import SHOW
from sessionward.audit.explore.words.pages import CHANGE_PASSWORD, DESTRUCTIVE, SAVE, SAVE_ICON


async def save(tab: Tab, screen: Screen, submit: Handle | None, field: Handle) -> None:
    """Press the button that saves what is in the field, looked up anew because filling often enables or draws it.

    Without one, Enter must do. Raises DriverError.
    """
    button = resolve(screen, submit) if submit is not None else None
    if button is None or not button.enabled:
        filled = resolve(screen, field)
        button = save_button(screen, group_of(screen, filled), filled) if filled is not None else None
    if button is not None and button.enabled and not DESTRUCTIVE.marks(identifiers(button)):
        await tab.click(button)
    else:
        await tab.press("Enter")


def save_button(screen: Screen, group: Group, after: Element) -> Element | None:
    """What saves the group: a button of its own, else one anywhere on the screen that says so or shows such an icon."""
    own = submit_button(group, CHANGE_PASSWORD, SAVE, after=after) if group.form is not None else None
    if own is not None and (own.type == "submit" or SAVE.strength(label(own))):
        return own
    pressed = [each for each in screen.elements if each.visible and is_pressed(each)]
    scored = [
        (_save_points(each), each) for each in pressed if after.type == "password" or not _for_password(each)
    ]
    best = max(scored, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] >= SHORT else own


def _for_password(element: Element) -> bool:
    """Whether it leads to another password: beside other data, “Change” alone is often that."""
    said = CHANGE_PASSWORD.strength(label(element)) >= SHORT
    return said or CHANGE_PASSWORD.marks(identifiers(element)) > 0


def _save_points(element: Element) -> int:
    words = label(element)
    if LOGOUT.strength(words) or NO.strength(words) or DESTRUCTIVE.strength(words) or SHOW.strength(words):
        return 0
    points = 2 * SAVE.strength(words) + 2 * SAVE_ICON.marks(identifiers(element))
    points += 2 * SAVE.marks(identifiers(element)) + 1 * (element.type == "submit")
    return 0 if is_link(element) or points <= 0 else points + (element.landmark in {"banner", "dialog"})
