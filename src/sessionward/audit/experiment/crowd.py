"""Many sessions of one account at once."""

from __future__ import annotations

from sessionward.audit.experiment.actions import carriers, enter
from sessionward.audit.experiment.endings import CannotTell, Step, belongs
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.replay import positive
from sessionward.audit.probe import Answer, LogIn, Replay, Session, Together
from sessionward.audit.scene import Scene


def open_sessions(scene: Scene, wanted: int) -> Step[tuple[tuple[Session, ...], str]]:
    """Up to that many sessions of the owner, and the app's words where it refused one.

    Logging in takes seconds: those that are open already are used after each, so that none ends for being idle.

    Raises CannotTell where they cannot be counted: one token for all, or a refusal that meets other accounts too.
    """
    sessions = [(yield from enter("owner"))]
    while len(sessions) < wanted:
        session = yield from LogIn(party="owner", keep=False)
        if not session.authenticated:
            yield from _account_limit(scene, sessions[-1])
            return tuple(sessions), session.reason or "no reason given"
        yield from Together(probes=tuple(_ask(scene, one, Guard.TWIN) for one in sessions))
        sessions.append(session)
    if len({_values(scene, session) for session in sessions}) < wanted:
        raise CannotTell("several logins share one token, so their sessions cannot be counted")
    return tuple(sessions), ""


def _account_limit(scene: Scene, newest: Session) -> Step[None]:
    """A refused login tells of a limit only where the sessions before live on and another account still gets in."""
    yield from positive(scene, newest.tokens)
    other = yield from LogIn(party="stranger", keep=False, control=Guard.OTHER)
    if not other.authenticated:
        raise CannotTell(
            "logging in was refused to the other account as well, so this is no limit of the account's"
        )


def alive_at_once(scene: Scene, sessions: tuple[Session, ...]) -> Step[int]:
    """How many are shown the owner's data in the same moment; the newest is the positive control."""
    newest = sessions[-1]
    probes = tuple(_ask(scene, one, Guard.POSITIVE if one is newest else "") for one in sessions)
    answers: tuple[Answer, ...] = yield from Together(probes=probes)
    alive = [belongs(answer, "owner", "one of the sessions") for answer in answers]
    if not alive[-1]:
        raise CannotTell("the positive control was lost: the newest session is not alive")
    return sum(alive)


def _ask(scene: Scene, session: Session, control: str) -> Replay:
    return Replay(exchange=scene.oracle, tokens=session.tokens, party="owner", control=control)


def _values(scene: Scene, session: Session) -> tuple[str, ...]:
    """What opens the oracle for this session: its members, or whatever else carries the login where it lacks them."""
    held = session.tokens.only(scene.members) or session.tokens.only(carriers(scene))
    return tuple(sorted(token.value for token in held))
