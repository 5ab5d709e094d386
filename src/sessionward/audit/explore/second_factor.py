"""The second factor: a field, or a row of boxes, for a code from an authenticator or a mail."""

from __future__ import annotations

from dataclasses import dataclass

from sessionward.audit.driver import Element, Screen, Tab
from sessionward.audit.explore.entrance import submit_button
from sessionward.audit.explore.groups import (
    Group,
    address_words,
    groups,
    identifiers,
    is_pressed,
    is_text,
    label,
    usable,
)
from sessionward.audit.explore.lexicon import SHORT
from sessionward.audit.explore.words.access import LOGIN, LOGOUT, NEXT
from sessionward.audit.explore.words.answers import CODE, OTHER_CODE, RESEND, YES
from sessionward.audit.explore.words.fields import EMAIL, SEARCH, USERNAME

FEWEST_BOXES = 4
MOST_BOXES = 8
CHOOSABLE = frozenset({"button", "input", "a", "label", "li"})
CODE_LENGTHS = range(4, 11)
SURE = 4
LONGEST_QUESTION = 1200
"""A page that only asks which factor to use says little else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePrompt:
    """Where a code is asked for: one field, or one box for each digit."""

    boxes: tuple[Element, ...]
    submit: Element | None = None


def code_prompt(screen: Screen) -> CodePrompt | None:
    """The prompt for a one-time code on a screen, None where none is seen."""
    best: tuple[int, CodePrompt] | None = None
    for group in groups(screen):
        if group.passwords and not _coded(group.passwords[0]):
            continue
        boxes = _boxes(group)
        points = SURE + 2 if boxes else 0
        if not boxes:
            fields = [
                each for each in group.elements if usable(each) and (is_text(each) or each.type == "password")
            ]
            scored = [(_points(screen, group, each), each) for each in fields]
            points, single = max(scored, key=lambda pair: pair[0], default=(0, None))
            boxes = (single,) if single else ()
        if boxes and points >= SURE and (best is None or points > best[0]):
            button = submit_button(Group(elements=_without_resend(group)), LOGIN, NEXT, YES, after=boxes[-1])
            best = (points, CodePrompt(boxes=boxes, submit=button))
    return best[1] if best else None


async def enter_code(tab: Tab, prompt: CodePrompt, code: str) -> Screen:
    """Type the code and send it; the screen after. Raises DriverError.

    Rows of boxes often send themselves when the last one is filled, so the button is looked for again.
    """
    if len(prompt.boxes) == 1:
        await tab.fill(prompt.boxes[0], code)
    else:
        for box, digit in zip(prompt.boxes, code, strict=False):
            await tab.fill(box, digit)
    await tab.settle()
    screen = await tab.look()
    again = code_prompt(screen)
    if again is None:
        return screen
    if again.submit is not None and again.submit.enabled:
        await tab.click(again.submit)
    else:
        await tab.press("Enter")
    return await tab.look()


def choice_of_factor(screen: Screen, *, by_mail: bool) -> Element | None:
    """The control that chooses how to prove oneself, where the page asks: the authenticator, or a mail."""
    if len(screen.text) > LONGEST_QUESTION or not CODE.within(screen.text) or code_prompt(screen):
        return None
    for each in screen.elements:
        words = label(each)
        if not usable(each) or each.tag not in CHOOSABLE or not (is_pressed(each) or each.type == "radio"):
            continue
        if EMAIL.within(words) if by_mail else CODE.within(words) and not EMAIL.within(words):
            return each
    return None


def _boxes(group: Group) -> tuple[Element, ...]:
    singles = tuple(
        each
        for each in group.elements
        if usable(each)
        and each.tag == "input"
        and each.maxlength == 1
        and each.type not in {"checkbox", "radio"}
    )
    return singles if FEWEST_BOXES <= len(singles) <= MOST_BOXES else ()


def _coded(element: Element) -> bool:
    return "one-time-code" in element.autocomplete or CODE.marks(f"{element.field} {element.id}")


def _points(screen: Screen, group: Group, element: Element) -> int:
    points = 6 * ("one-time-code" in element.autocomplete)
    points += 4 * CODE.within(f"{label(element)} {element.placeholder}")
    points += 4 * CODE.marks(f"{element.field} {element.id}")
    points += 2 * (element.inputmode == "numeric" or element.type in {"tel", "number"})
    points += 2 * (element.maxlength in CODE_LENGTHS)
    points += 2 * (CODE.marks(f"{address_words(screen.url)} {group.identifiers}"))
    points += 1 * CODE.within(screen.text) + 3 * _only_asks(screen, element)
    points -= 6 * (
        SEARCH.marks(identifiers(element)) or element.type == "email" or "username" in element.autocomplete
    )
    points -= 8 * (OTHER_CODE.within(label(element)) or OTHER_CODE.marks(identifiers(element)))
    points -= 3 * max(0, len(group.texts) - 1)
    return points


def _only_asks(screen: Screen, element: Element) -> bool:
    """Whether the page does nothing but ask for a code, in a field that need not say so itself."""
    fields = [each for each in screen.elements if usable(each) and (is_text(each) or each.type == "password")]
    bare = len(screen.text) <= LONGEST_QUESTION and CODE.within(f"{screen.title}\n{screen.text}")
    named = USERNAME.within(label(element)) or USERNAME.marks(identifiers(element))
    out = any(LOGOUT.strength(label(each)) >= SHORT for each in screen.elements)
    return bare and [each.ref for each in fields] == [element.ref] and not named and not out


def _without_resend(group: Group) -> tuple[Element, ...]:
    return tuple(each for each in group.elements if not RESEND.within(label(each)))
