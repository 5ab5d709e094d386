"""Recognising where a password is changed, and which of its fields asks for which password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessionward.audit.driver import Element, Screen
from sessionward.audit.explore.captions import captioned
from sessionward.audit.explore.entrance import login_form, submit_button
from sessionward.audit.explore.groups import (
    Group,
    address_words,
    groups,
    is_text,
    label,
    usable,
)
from sessionward.audit.explore.lexicon import SHORT
from sessionward.audit.explore.saving import save_button
from sessionward.audit.explore.words.access import LOGIN
from sessionward.audit.explore.words.fields import CURRENT, NEW, REPEAT
from sessionward.audit.explore.words.pages import (
    CHANGE_PASSWORD,
    DESTRUCTIVE,
    SAVE,
)

SURE = 6
THREE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordForm:
    """The fields of a password change on a screen. ``submit`` is None where Enter must do."""

    new: Element
    current: Element | None = None
    confirm: Element | None = None
    submit: Element | None = None
    points: int = 0


def password_form(screen: Screen) -> PasswordForm | None:
    """The password change on a screen, None where there is none. The screen is one of somebody logged in."""
    found = [form for group in groups(captioned(screen)) if (form := _read(screen, group))]
    return max((form for form in found if form.points >= SURE), key=lambda form: form.points, default=None)


def reauthentication(screen: Screen) -> tuple[Element, Element | None] | None:
    """The field and button of a question for the present password alone, as some apps put before a change."""
    for group in groups(screen):
        fields = group.passwords
        if len(fields) != 1 or len(group.texts) > 1 or _says_new(fields[0]):
            continue
        asked = CURRENT.within(_words(fields[0])) or "current-password" in fields[0].autocomplete
        if (
            asked
            or fields[0].in_dialog
            or not any(is_text(each) and usable(each) for each in screen.elements)
        ):
            return fields[0], submit_button(group, SAVE, LOGIN, after=fields[0])
    return None


def roles(fields: Sequence[Element]) -> tuple[Element | None, Element | None, Element | None]:
    """Which of the password fields asks for the current, the new and the new one again.

    What they are called decides, wherever they stand: some forms ask for the current one last. Where the words say
    nothing, three fields are current, new, again; two are new and again.
    """
    rest = list(fields)
    current = next((each for each in rest if _says_current(each)), None)
    rest = [each for each in rest if each is not current]
    if (current is None and len(rest) >= THREE) or (
        current is None
        and len(rest) > 1
        and _says_new(rest[1])
        and not _says_new(rest[0])
        and not _says_again(rest[1])
    ):
        current = rest.pop(0)
    confirm = next((each for each in rest if _says_again(each)), None) if len(rest) > 1 else None
    rest = [each for each in rest if each is not confirm]
    new = rest[0] if rest else confirm
    if confirm is None and len(rest) > 1:
        confirm = rest[1]
    return current, new, None if confirm is new else confirm


def _read(screen: Screen, group: Group) -> PasswordForm | None:
    fields = group.passwords
    if not fields or len(fields) > THREE:
        return None
    current, new, confirm = roles(fields)
    if new is None:
        return None
    points = _points(screen, group, new, len(fields) - 1)
    submit = save_button(screen, group, fields[-1])
    if submit is not None:
        points -= 8 * (
            DESTRUCTIVE.strength(label(submit)) >= SHORT and not CHANGE_PASSWORD.strength(label(submit))
        )
        points -= 8 * (LOGIN.strength(label(submit)) >= SHORT)
    return PasswordForm(new=new, current=current, confirm=confirm, submit=submit, points=points)


def _points(screen: Screen, group: Group, new: Element, others: int) -> int:
    """How surely it is a password change; ``others`` is how many of the fields for the current and again there are."""
    page = f"{address_words(screen.url)} {screen.title}"
    filled = any(each.value for each in group.texts)
    points = 4 * _says_new(new) + 6 * (others > 0) + 4 * (_says_new(new) and filled)
    points += 3 * CHANGE_PASSWORD.marks(page) + 4 * CHANGE_PASSWORD.marks(group.identifiers)
    points -= 10 * (DESTRUCTIVE.marks(group.identifiers) and not CHANGE_PASSWORD.marks(group.identifiers))
    if not others and not _says_new(new):
        points += 6 * filled - 8 * (login_form(screen, name_alone=False) is not None and not filled)
    return points


def _says_current(element: Element) -> bool:
    if "current-password" in element.autocomplete:
        return True
    if NEW.within(label(element)):  # "must differ from the current one"
        return False
    return CURRENT.within(_words(element)) or CURRENT.marks(f"{element.field} {element.id}")


def _says_new(element: Element) -> bool:
    words, own = _words(element), f"{element.field} {element.id}"
    return "new-password" in element.autocomplete or NEW.within(words) or NEW.marks(own)


def _says_again(element: Element) -> bool:
    return REPEAT.within(_words(element)) or REPEAT.marks(f"{element.field} {element.id}")


def _words(element: Element) -> str:
    return f"{label(element)} {element.placeholder}"
