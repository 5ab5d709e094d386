"""Many sessions of one account at once."""

from __future__ import annotations

from collections.abc import Sequence

from sessionward.audit.experiment.actions import carriers, enter
from sessionward.audit.experiment.endings import CannotTell, Step, belongs
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.replay import positive
from sessionward.audit.observation import Answer
from sessionward.audit.probe import LogIn, Replay, Together
from sessionward.audit.scene import Scene
from sessionward.http import TokenSet
from sessionward.http.successor import renewed

Crowd = tuple[TokenSet, ...]
"""The tokens of several sessions, oldest first, as their holders have them by now."""


def open_sessions(scene: Scene, wanted: int) -> Step[tuple[Crowd, str]]:
    """Up to that many sessions of the owner, and the app's words where it refused one.

    Logging in takes seconds: those that are open already are used after each, so that none ends for being idle.
    Raises CannotTell where they cannot be counted: one token for all, or a refusal that meets other accounts too.
    """
    first = yield from enter("owner")
    crowd: Crowd = (first.tokens,)
    while len(crowd) < wanted:
        session = yield from LogIn(party="owner", keep=False)
        if not session.authenticated:
            yield from _account_limit(scene, crowd[-1])
            return crowd, session.reason or "no reason given"
        answers = yield from _ask(scene, crowd, [Guard.TWIN] * len(crowd))
        crowd = (*_after(crowd, answers), session.tokens)
    if len({_values(scene, tokens) for tokens in crowd}) < wanted:
        raise CannotTell("several logins share one token, so their sessions cannot be counted")
    return crowd, ""


def alive_at_once(scene: Scene, crowd: Crowd) -> Step[tuple[int, Crowd]]:
    """How many are shown the owner's data in the same moment, and what they hold after it.

    The newest is the positive control.
    """
    answers = yield from _ask(scene, crowd, [*([""] * (len(crowd) - 1)), Guard.POSITIVE])
    alive = [belongs(answer, "owner", "one of the sessions") for answer in answers]
    if not alive[-1]:
        raise CannotTell("the positive control was lost: the newest session is not alive")
    return sum(alive), _after(crowd, answers)


def _ask(scene: Scene, crowd: Crowd, controls: Sequence[str]) -> Step[tuple[Answer, ...]]:
    probes = tuple(
        Replay(exchange=scene.oracle, tokens=tokens, party="owner", control=control)
        for tokens, control in zip(crowd, controls, strict=True)
    )
    answers: tuple[Answer, ...] = yield from Together(probes=probes)
    return answers


def _after(crowd: Crowd, answers: Sequence[Answer]) -> Crowd:
    """What each holds after its answer: an app may renew tokens as it goes."""
    return tuple(
        renewed(tokens, answer.exchange) if answer.shows == "owner" else tokens
        for tokens, answer in zip(crowd, answers, strict=True)
    )


def _account_limit(scene: Scene, newest: TokenSet) -> Step[None]:
    """A refused login tells of a limit only where the sessions before live on and another account still gets in."""
    yield from positive(scene, newest)
    other = yield from LogIn(party="stranger", keep=False, control=Guard.OTHER)
    if not other.authenticated:
        raise CannotTell(
            "logging in was refused to the other account as well, so this is no limit of the account's"
        )


def _values(scene: Scene, tokens: TokenSet) -> tuple[str, ...]:
    """What opens the oracle for this session: its members, or whatever else carries the login where it lacks them."""
    held = tokens.only(scene.members) or tokens.only(carriers(scene))
    return tuple(sorted(token.value for token in held))
