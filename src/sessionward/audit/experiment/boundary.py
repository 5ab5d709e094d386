"""What only a higher role was shown, asked for by a lower one: what is shown, what is refused, and what that means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

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
GENERAL = re.compile(r"api|rest|v\d+|app|internal", re.IGNORECASE)
"""As the first part of a path it says nothing of what stands behind it."""
BELOW = 2
"""So many parts stand at least behind what an address shares with others: the kind of thing, and which or whose."""


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
    """Those of the shown that are meant for the higher role alone: they say so, their neighbours are refused, or they
    show what is private to another account.

    An interface for everybody may be called /app/api/admin as a whole: what the lower role's own data stands below says
    nothing.
    """
    roles = frozenset(party.role.casefold() for name, party in scene.parties.items() if name in scene.homes)
    common = grounds((*scene.private, *scene.personal))
    guarded = {area(one, common) for one in tried.refused} - {""}
    return tuple(
        one
        for one in tried.shown
        if one in tried.private
        or area(one, common) in guarded
        or speaks(_parts(one)[_depth(one, common) :], roles)
    )


def grounds(own: Iterable[PrivateExchange | PersonalExchange]) -> frozenset[tuple[str, ...]]:
    """The beginnings of paths below which the lower role has more than one thing of its own: /app of /app/users/me, and
    not /app/users, of which others may well be another's."""
    paths = (_parts(one) for one in own)
    return frozenset(path[:length] for path in paths for length in range(1, len(path) - BELOW + 1))


def area(one: PersonalExchange, common: Collection[tuple[str, ...]] = ()) -> str:
    """The first part of the path that says what stands behind it; empty where none does."""
    own = _parts(one)[_depth(one, common) :]
    return next((part for part in own if not GENERAL.fullmatch(part)), "").casefold()


def _depth(one: PersonalExchange, common: Collection[tuple[str, ...]]) -> int:
    """How many parts of the path the lower role's own addresses begin with as well."""
    path = _parts(one)
    return max((len(beginning) for beginning in common if path[: len(beginning)] == beginning), default=0)


def speaks(parts: Iterable[str], roles: Iterable[str]) -> bool:
    """Whether a path says that it is for a higher role."""
    named = frozenset(roles)
    return any(SPEAKS.fullmatch(part) or part.casefold() in named for part in parts)


def _parts(one: PrivateExchange | PersonalExchange) -> tuple[str, ...]:
    return tuple(part for part in one.request.path.split("/") if part)
