"""Recognising a login form: told from registration, search, newsletter, a forgotten password, a password change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sessionward.audit.driver import Element, Screen, Tab
from sessionward.audit.explore.flows import LoginHints
from sessionward.audit.explore.groups import (
    Group,
    address_words,
    groups,
    identifiers,
    is_link,
    label,
    usable,
)
from sessionward.audit.explore.lexicon import WHOLE, Concept
from sessionward.audit.explore.words.access import (
    FORGOT,
    LOGIN,
    LOGOUT,
    NEXT,
    PROVIDER,
    REGISTER,
    REMEMBER,
)
from sessionward.audit.explore.words.answers import CODE, NO
from sessionward.audit.explore.words.fields import (
    CURRENT,
    EMAIL,
    NEW,
    NEWSLETTER,
    PASSWORD,
    REPEAT,
    SEARCH,
    SHOW,
    TERMS,
    USERNAME,
)

SURE = 6
"""The points from which a form with a password field is taken for a login."""
SURE_OF_NAME = 9
"""The points from which a form that asks for a name alone is taken for the first step of a login."""
FEW_CONTROLS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginForm:
    """What a login asks for on the screen now; the first page of two has no password field, the second no name."""

    name: Element | None = None
    password: Element | None = None
    submit: Element | None = None
    remember: Element | None = None
    required_ticks: tuple[Element, ...] = ()
    points: int = 0


def login_form(screen: Screen, *, name_alone: bool = True) -> LoginForm | None:
    """The login form on a screen, None where there is none. ``name_alone``: a form for the name alone counts."""
    found = [form for group in groups(screen) if (form := _with_password(screen, group))]
    sure = [form for form in found if form.points >= SURE]
    if sure:
        return max(sure, key=lambda form: form.points)
    if not name_alone or any(group.passwords for group in groups(screen)):
        return None
    named = [form for group in groups(screen) if (form := _name_alone(screen, group))]
    return max(
        (form for form in named if form.points >= SURE_OF_NAME), key=lambda form: form.points, default=None
    )


async def locate(tab: Tab, screen: Screen, hints: LoginHints, *, name_alone: bool = True) -> LoginForm | None:
    """As ``login_form``, but the selectors that the user gave come first. Raises DriverError."""
    form = login_form(screen, name_alone=name_alone)
    if not (hints.username or hints.password or hints.submit):
        return form
    name = await tab.query(hints.username) if hints.username else None
    password = await tab.query(hints.password) if hints.password else None
    if not (name or password):
        return form
    submit = await tab.query(hints.submit) if hints.submit else None
    form = form or LoginForm(points=SURE)
    return replace(
        form, name=name or form.name, password=password or form.password, submit=submit or form.submit
    )


def name_field(group: Group) -> Element | None:
    """The field for the user's name: the best named one, else the last before the password."""
    password = group.passwords[0] if group.passwords else None
    before = True
    best: tuple[int, int, Element] | None = None
    for place, each in enumerate(group.elements):
        before = before and (password is None or each.ref != password.ref)
        if each not in group.texts or each.maxlength == 1:
            continue
        points = _name_points(each) + (2 if before else -2)
        if points > 0 and (best is None or (points, place) >= best[:2]):
            best = (points, place, each)
    return best[2] if best else None


def submit_button(group: Group, *meanings: Concept, after: Element | None = None) -> Element | None:
    """The button that sends the group: by type, by its words (``meanings``), and by standing after a field."""
    order = {each.ref: place for place, each in enumerate(group.elements)}
    start = order.get(after.ref, -1) if after else -1
    best: tuple[float, Element] | None = None
    for each in group.buttons:
        points = _submit_points(each, meanings) - 0.1 * max(0, order[each.ref] - start)
        if order[each.ref] < start:
            points -= 3
        if points > 0 and (best is None or points > best[0]):
            best = (points, each)
    return best[1] if best else None


def remember_tick(group: Group) -> Element | None:
    """The box by which a login is remembered, None where there is none."""
    for each in group.ticks:
        words = label(each)
        if USERNAME.within(words) and not LOGIN.within(words):
            continue
        if REMEMBER.within(words) or REMEMBER.marks(identifiers(each)):
            return each
    return None


def _with_password(screen: Screen, group: Group) -> LoginForm | None:
    passwords = group.passwords
    if len(passwords) != 1:
        return None
    password = passwords[0]
    name = name_field(group)
    submit = submit_button(group, LOGIN, NEXT, after=password)
    points = 10 + _surroundings(screen, group, submit)
    points -= 8 * (submit is None and any(REGISTER.strength(label(each)) for each in group.buttons))
    words = f"{label(password)} {identifiers(password)}"
    points -= 8 * (NEW.strength(label(password)) > 0 or REPEAT.within(words))
    points -= 5 * CURRENT.within(label(password)) if name is None else 0
    points -= 4 * ("new-password" in password.autocomplete)
    points += 5 * ("current-password" in password.autocomplete)
    points -= 3 * max(0, len(group.texts) - 2)
    points -= 4 * any(each.tag == "textarea" and usable(each) for each in group.elements)
    return LoginForm(
        name=name,
        password=password,
        submit=submit,
        remember=remember_tick(group),
        required_ticks=_required(group),
        points=points,
    )


def _name_alone(screen: Screen, group: Group) -> LoginForm | None:
    name = name_field(group)
    if name is None or group.passwords:
        return None
    if any(each.tag == "textarea" and usable(each) for each in group.elements):
        return None
    submit = submit_button(group, LOGIN, NEXT, after=name)
    points = _surroundings(screen, group, submit) + _name_points(name)
    points += 4 * (submit is not None and NEXT.strength(label(submit)) >= WHOLE)
    points += 2 * (len(screen.elements) <= FEW_CONTROLS)
    points -= 4 * max(0, len(group.texts) - 1)
    points -= 10 * (CODE.marks(f"{label(name)} {identifiers(name)}") and not USERNAME.within(label(name)))
    points -= 4 * (name.landmark == "contentinfo")
    return LoginForm(
        name=name,
        submit=submit,
        remember=remember_tick(group),
        required_ticks=_required(group),
        points=points,
    )


def _surroundings(screen: Screen, group: Group, submit: Element | None) -> int:
    """What the button, the form and the page say of themselves."""
    points = 0
    if submit is not None:
        words = label(submit)
        points += 2 * LOGIN.strength(words)
        points -= 8 * (REGISTER.strength(words) > 0 and not LOGIN.strength(words))
        points -= 10 * (FORGOT.within(words) or NEWSLETTER.within(words) or SEARCH.strength(words) >= WHOLE)
    own = group.identifiers
    points += 4 * LOGIN.marks(own) - 5 * (REGISTER.marks(own) and not LOGIN.marks(own))
    points -= 8 * (FORGOT.marks(own) or NEWSLETTER.marks(own))
    page = f"{address_words(screen.url)} {screen.title}"
    points += 3 * LOGIN.marks(page) - 8 * (FORGOT.marks(page) and not LOGIN.marks(screen.title))
    return points


def _required(group: Group) -> tuple[Element, ...]:
    """Boxes without which the form is not sent, as for terms of use."""
    return tuple(
        each for each in group.ticks if each.required and not each.checked and TERMS.within(label(each))
    )


def _name_points(element: Element) -> int:
    words, own = f"{label(element)} {element.placeholder}", f"{element.field} {element.id}"
    points = 0
    points += 5 * ("username" in element.autocomplete) + 3 * (element.autocomplete == "email")
    points += 3 * (USERNAME.within(words) or EMAIL.within(words))
    points += 2 * (USERNAME.marks(own) or EMAIL.marks(own)) + (element.type == "email")
    points -= 8 * (SEARCH.within(words) or SEARCH.marks(own) or element.type == "search")
    points -= 6 * (NEWSLETTER.within(words) or NEWSLETTER.marks(identifiers(element)))
    return points


def _submit_points(element: Element, meanings: tuple[Concept, ...]) -> float:
    words = label(element)
    points: float = 3 * (element.type in {"submit", "image"}) + (element.tag in {"button", "input"})
    points += max((2 * meaning.strength(words) for meaning in meanings), default=0)
    points += any(meaning.marks(identifiers(element)) for meaning in meanings)
    points -= 5 * PROVIDER.within(words) + 5 * (SHOW.strength(words) > 0)
    points -= 6 * (FORGOT.within(words) or LOGOUT.within(words)) + 4 * (NO.strength(words) >= WHOLE)
    points -= 4 * (REGISTER.within(words) and REGISTER not in meanings)
    points -= 4 * (SHOW.marks(identifiers(element)) or element.expands)
    return points


def login_openers(screen: Screen) -> list[Element]:
    """Links and buttons that may lead to the login, the likeliest first."""
    scored = [(points, each) for each in screen.elements if (points := _opener_points(each)) > 0]
    scored.sort(key=lambda pair: -pair[0])
    return [each for _, each in scored]


def _opener_points(element: Element) -> float:
    if not element.enabled or not (is_link(element) or element in Group(elements=(element,)).buttons):
        return 0
    words = label(element)
    said = LOGIN.strength(words)
    points: float = 3 * said
    points += 4 * LOGIN.marks(address_words(element.href)) if element.href else 0
    points += 3 * LOGIN.marks(identifiers(element)) if said == 0 else 0
    points += 4 * (PASSWORD.within(words) and not FORGOT.within(words) and not element.href)
    if points <= 0:
        return 0
    points += 1 * (element.landmark in {"banner", "navigation", "dialog"}) + 1 * element.in_dialog
    points -= 6 * (LOGOUT.within(words) or LOGOUT.marks(address_words(element.href)))
    points -= 5 * PROVIDER.within(words) + 6 * FORGOT.within(words) + 3 * SHOW.within(words)
    points -= 4 * (REGISTER.within(words) and said == 0) + 2 * (not element.visible)
    return points
