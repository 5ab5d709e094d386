"""What only a higher role was shown, asked for by a lower one: what is shown, what is refused, and what that means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from sessionward.audit.experiment.actions import resident
from sessionward.audit.experiment.crossing import at_home, tells
from sessionward.audit.experiment.endings import CannotTell, Step, refused
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.observation import Session
from sessionward.audit.probe import Replay, ReplayPersonal
from sessionward.audit.scene import PersonalExchange, PrivateExchange, Scene
from sessionward.http import TokenSet

SPEAKS = re.compile(
    r"admins?|administrat\w*|staff|clinicians?|practitioners?|nurses?|backoffice|back-office|superusers?|moderators?",
    re.IGNORECASE,
)
"""As a part of a path: it is for those who work there."""
GENERAL = re.compile(
    r"api|rest|v\d+|app|internal|[\w-]+\.(?:php\d?|f?cgi|pl|py|rb|aspx?|jsp|do)", re.IGNORECASE
)
"""As the first part of a path it says nothing of what stands behind it: a script may serve every page."""
NUMBERED = re.compile(r"\d")
"""In a value of a query: it names one thing among many, or a page of a list."""


@dataclass(slots=True, kw_only=True)
class Tried:
    """Addresses of higher roles: those that the lower one was shown and nobody is without a session, and those that it
    was refused. ``private`` are those of the shown whose text is a private one of another account."""

    shown: list[PersonalExchange] = field(default_factory=list)
    refused: list[PersonalExchange] = field(default_factory=list)
    private: list[PersonalExchange] = field(default_factory=list)


def reach_up(scene: Scene, party: str, lower: Session, tried: Tried) -> Step[None]:
    """Ask for what only ``party`` was shown with its tokens, with the lower role's and, where those do, with none."""
    higher = yield from resident(party, Guard.POSITIVE)
    own = yield from Replay(
        exchange=scene.home(party), tokens=higher.tokens, party=party, control=Guard.POSITIVE
    )
    if own.shows != party:
        raise CannotTell(f"the session of the {party} was lost: it was shown {refused(own)}")
    yield from at_home(scene, lower.party, lower.tokens)
    private = frozenset(text for one in scene.personal for text in one.texts)
    for one in scene.privileged.get(party, ()):
        honest = yield from ReplayPersonal(
            exchange=one, tokens=higher.tokens, party=party, control=Guard.POSITIVE
        )
        if not tells(one, honest):
            continue
        answer = yield from ReplayPersonal(exchange=one, tokens=lower.tokens, party=lower.party)
        if not tells(one, answer):
            tried.refused += [one] if answer.shows != "error" else []
            continue
        bare = yield from ReplayPersonal(exchange=one, tokens=TokenSet(), party="nobody", control=Guard.EMPTY)
        if not tells(one, bare):
            tried.shown.append(one)
            tried.private += [one] if lower.party != "owner" and private & set(answer.found) else []
    yield from at_home(scene, lower.party, lower.tokens)


def meant_for_higher(scene: Scene, tried: Tried) -> tuple[PersonalExchange, ...]:
    """Those of the shown that are meant for the higher role alone: they say so, their neighbours are refused in a part
    of the app that holds no page of the lower role, or they show what is private to another account."""
    base = urlsplit(scene.start).path
    everybodys = {area(one, base) for one in scene.private} | {area(one, base) for one in scene.personal}
    guarded = {area(one, base) for one in tried.refused} - everybodys
    known = tuple(party for name, party in scene.parties.items() if name in scene.homes)
    roles, people = {one.role.casefold() for one in known}, {one.username.casefold() for one in known}
    return tuple(
        one
        for one in tried.shown
        if one in tried.private or area(one, base) in guarded or speaks(_parts(one, base), roles, people)
    )


def area(one: PersonalExchange | PrivateExchange, base: str = "/") -> str:
    """The first part of the path below ``base`` that says what stands behind it, with what the query says of that.

    Where one script serves every page, the query alone tells pages apart: another value may be another part of the app.
    """
    parts = _parts(one, base)
    first = next(
        (part for part in parts if not GENERAL.fullmatch(part)), parts[-1] if parts else ""
    ).casefold()
    query = parse_qsl(urlsplit(one.request.url).query, keep_blank_values=True)
    asked = sorted((name, value) for name, value in query if not NUMBERED.search(value))
    return f"{first}?{urlencode(asked)}" if asked else first


def speaks(parts: Sequence[str], roles: Iterable[str], people: Iterable[str] = ()) -> bool:
    """Whether a path says that it is for a higher role.

    ``people`` are names to log in with: /users/admin is about somebody, /admin/users is for somebody.
    """
    named, called = frozenset(roles), frozenset(people)
    return any(
        SPEAKS.fullmatch(part) or part.casefold() in named
        for number, part in enumerate(parts)
        if part.casefold() not in called or all(GENERAL.fullmatch(before) for before in parts[:number])
    )


def _parts(one: PersonalExchange | PrivateExchange, base: str) -> tuple[str, ...]:
    """The parts of the path, less those of the app's start page (``base``), under which all of it lies."""
    path, common = one.request.path, base.rpartition("/")[0]
    below = path[len(common) :] if path.startswith(f"{common}/") else path
    return tuple(part for part in below.split("/") if part)
