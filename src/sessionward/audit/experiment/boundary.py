"""What only a higher role was shown, asked for by a lower one: what is shown, what is refused, and what that means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from sessionward.audit.experiment.actions import resident
from sessionward.audit.experiment.crossing import at_home, tells
from sessionward.audit.experiment.endings import CannotTell, Step, refused
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.identity import known_values
from sessionward.audit.experiment.identity import tells as tells_of
from sessionward.audit.observation import Session
from sessionward.audit.probe import Replay, ReplayPersonal
from sessionward.audit.scene import PersonalExchange, Scene
from sessionward.http import TokenSet

SPEAKS = re.compile(r"admins?|administrat\w*|backoffice|back-office|superusers?", re.IGNORECASE)
"""As a part of a path: it is for those who run the app."""
PEOPLE = re.compile(r"staff|clinicians?|practitioners?|nurses?|moderators?", re.IGNORECASE)
"""As a part of a path: it is for those who work there where a page of theirs follows. Alone, or before an id, it may be
a directory of them, which FHIR and many clinics offer to patients."""
GENERAL = re.compile(
    r"api|rest|v\d+|app|internal|[\w-]+\.(?:php\d?|f?cgi|pl|py|rb|aspx?|jsp|do)", re.IGNORECASE
)
"""As a part of a path it says nothing of what stands behind it: a script may serve every page."""


Way = tuple[str, ...]
"""An address by its parts."""
IDENTIFIER = re.compile(r"(?=.*\d).*|[0-9a-f-]{8,}", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Tried:
    """Addresses of higher roles: those that the lower one was shown and nobody is without a session, and those that it
    was refused; ``partly`` are those whose texts were mostly withheld. ``private`` are those of the shown whose text is
    a private one of another account, ``naming`` those that call another account of the lower role by its name."""

    shown: list[PersonalExchange] = field(default_factory=list)
    refused: list[PersonalExchange] = field(default_factory=list)
    partly: list[PersonalExchange] = field(default_factory=list)
    private: list[PersonalExchange] = field(default_factory=list)
    naming: list[PersonalExchange] = field(default_factory=list)


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
            foreign = lower.party != "owner"
            proven = foreign and bool(private & set(answer.found))
            part = withheld(honest.found, answer.found) and not proven
            (tried.partly if part else tried.shown).append(one)
            tried.private += [one] if proven else []
            tried.naming += [one] if foreign and names_owner(scene, answer.found) else []
    yield from at_home(scene, lower.party, lower.tokens)


def withheld(whole: Sequence[str], given: Collection[str]) -> bool:
    """Whether less than half of what a page says is given: its heading, without what stands below it.

    Some apps open the page of a higher role to everybody who is logged in, and leave out of it what is not theirs.
    """
    return 2 * len(given) < len(whole)


def names_owner(scene: Scene, texts: Iterable[str]) -> bool:
    """Whether these texts, which no page of the lower role shows, call another account of that role by its name."""
    known = [value for _, value in known_values(scene, "owner")]
    return any(tells_of(text, value) for text in texts for value in known)


def meant_for_higher(scene: Scene, tried: Tried) -> tuple[PersonalExchange, ...]:
    """Those of the shown that are meant for the higher role alone: they say so, their neighbours are refused, or they
    show what is private to another account."""
    common = walks(scene)
    guarded = {area(one, common) for one in tried.refused}
    known = tuple(party for name, party in scene.parties.items() if name in scene.homes)
    roles, people = {one.role.casefold() for one in known}, {one.username.casefold() for one in known}
    return tuple(
        one
        for one in tried.shown
        if one in tried.private
        or area(one, common) in guarded
        or speaks(_parts(one.request.url), roles, people, common)
    )


def walks(scene: Scene) -> frozenset[Way]:
    """The beginnings of all addresses that the lower role's own pages have: /portal of an app that lives there."""
    folder = tuple(part.casefold() for part in urlsplit(scene.start).path.split("/")[:-1] if part)
    own = [*scene.pages, *(one.request.url for one in scene.private)]
    own += [one.request.url for one in scene.personal]
    return frozenset(
        parts[:length]
        for parts in (folder, *(_parts(url) for url in own))
        for length in range(1, len(parts) + 1)
    )


def area(one: PersonalExchange, common: Collection[Way] = ()) -> Way:
    """The beginning of the path that says what stands behind it: less of it the lower role's own pages have too.

    With what the query says: where one script serves every page, another query may be another part of the app.
    """
    said = _said(one.request.url)
    parts = _parts(one.request.url)
    parts = parts[: len(parts) - len(said)]
    for length in range(1, len(parts) + 1):
        if parts[:length] not in common and not GENERAL.fullmatch(parts[length - 1]):
            return parts[:length] + said
    return parts + said


def speaks(
    parts: Way, roles: Iterable[str], people: Iterable[str] = (), common: Collection[Way] = ()
) -> bool:
    """Whether an address says that it is for a higher role; what is ``common`` to all pages says nothing.

    ``people`` are names to log in with: /users/admin is about somebody, /admin/users is for somebody.
    """
    named, called = frozenset(roles), frozenset(people)
    for number, part in enumerate(parts):
        before, after = parts[:number], next(iter(parts[number + 1 :]), "")
        if parts[: number + 1] in common:
            continue
        if part in called and not all(
            GENERAL.fullmatch(one) or before[:n] in common for n, one in enumerate(before, 1)
        ):
            continue
        page_follows = bool(after) and not IDENTIFIER.fullmatch(after)
        theirs = bool(PEOPLE.fullmatch(part)) or part in named
        if SPEAKS.fullmatch(part) or (theirs and page_follows) or (part in named and not after):
            return True
    return False


def _parts(url: str) -> Way:
    """The parts of its path, and the words of its query: some apps say there which page is meant."""
    path = (part.casefold() for part in urlsplit(url).path.split("/") if part)
    return (*path, *_said(url))


def _said(url: str) -> Way:
    pairs = parse_qsl(urlsplit(url).query)
    return tuple(value.casefold() for _, value in pairs if not IDENTIFIER.fullmatch(value))
