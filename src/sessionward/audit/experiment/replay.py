"""Guarded replays: whether a copy of the tokens opens the account, and whether that means anything."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from sessionward.audit import check
from sessionward.audit.check import Outcome
from sessionward.audit.experiment.actions import carriers, resident
from sessionward.audit.experiment.endings import CannotTell, Step, belongs, place, refused
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.lifetime import spell
from sessionward.audit.observation import Answer
from sessionward.audit.probe import Replay, Wait
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import TokenKey, TokenSet
from sessionward.http.successor import gained, renewed

DELAYS = (2.0, 15.0)
"""Seconds until each delayed repeat: an app may end a session a moment later, through a queue or a short cache."""
IDLE = 5.0
"""The longest that a session is left unused meanwhile, so that it does not end for that: its thief would use it."""
NEARLY = 0.8
"""A session unused for this part of its time may have ended for that: clocks and policies differ a little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a replay asks for: whose data, in which exchange (None: the oracle).

    ``hop`` follows an answer that gives new cookies once, as a remembered login does. ``keys`` are the
    places whose random values must be refused (empty: every place that carries a login).
    """

    party: str = "owner"
    exchange: PrivateExchange | None = None
    hop: bool = False
    keys: frozenset[TokenKey] = frozenset()

    def of(self, scene: Scene) -> PrivateExchange:
        """The exchange that is asked for."""
        return self.exchange or scene.oracle


OWNER = Target()


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What a replay showed: ``opened`` for the target's party; ``tokens`` are what the asker holds after it."""

    opened: bool
    answer: Answer
    tokens: TokenSet

    @property
    def started(self) -> float:
        """When it was asked, by the clock of the answers."""
        return self.answer.exchange.started


def look(
    scene: Scene, tokens: TokenSet, target: Target = OWNER, *, control: str = "", used: bool = False
) -> Step[Glimpse]:
    """Replay once; with ``used`` as somebody who clicks there.

    Raises CannotTell where the answer is an error or shows somebody else.
    """
    exchange, what = target.of(scene), control or "the replay"
    answer = yield from Replay(
        exchange=exchange, tokens=tokens, party=target.party, used=used, control=control
    )
    after = renewed(answer.tokens or tokens, answer.exchange)
    if target.hop and answer.shows == "nobody" and gained(tokens, after):
        answer = yield from Replay(exchange=exchange, tokens=after, party=target.party, control=control)
        after = renewed(after, answer.exchange)
    return Glimpse(opened=belongs(answer, target.party, what), answer=answer, tokens=after)


def positive(scene: Scene, tokens: TokenSet, target: Target = OWNER, *, used: bool = False) -> Step[Glimpse]:
    """G1: the tokens open the account now. Raises CannotTell where they do not.

    An app may renew them over it: what is held after it is in the glimpse.
    """
    seen = yield from look(scene, tokens, target, control=Guard.POSITIVE, used=used)
    if not seen.opened:
        raise CannotTell(
            f"the positive control was lost: a fresh login's tokens were shown {refused(seen.answer)}"
        )
    return seen


def other_lives(scene: Scene) -> Step[None]:
    """G5: the stranger's session shows the stranger now, so the app is up and tells people apart."""
    session = yield from resident("stranger", Guard.OTHER)
    seen = yield from Replay(
        exchange=scene.oracle, tokens=session.tokens, party="stranger", control=Guard.OTHER
    )
    if seen.shows != "stranger":
        raise CannotTell(
            f"the control with the other account's session was lost: it was shown {refused(seen)}"
        )


def must_be_refused(scene: Scene, tokens: TokenSet, target: Target = OWNER) -> Step[None]:
    """G3, G4, G5: a random token and no token are refused, another account is shown its own. Else CannotTell.

    G5 is left out where the stranger is the target: the owner's password may just be changing under another check.
    """
    random = tokens.scrambled(target.keys or carriers(scene) | target.of(scene).members, seed=scene.seed)
    for guard, presented in ((Guard.RANDOM, random), (Guard.EMPTY, TokenSet())):
        seen = yield from look(scene, presented, target, control=guard)
        if seen.opened:
            raise CannotTell(
                f"the control with {'a random' if guard is Guard.RANDOM else 'no'} token is shown the same data, "
                "so the tokens are not what opens this address"
            )
    if target.party == "owner":
        yield from other_lives(scene)


def outlasts(scene: Scene, tokens: TokenSet, target: Target = OWNER) -> Step[float | None]:
    """G7: ask again after a while, now and then in between, with what the asker holds by then.

    Gives back None where the account still opens, else the seconds after which it was shut.
    """
    waited, held = 0.0, tokens
    for pause in pauses(scene):
        yield from Wait(seconds=pause, control=Guard.LATER)
        waited += pause
        seen = yield from look(scene, held, target, control=Guard.LATER)
        if not seen.opened and gained(tokens, held):
            seen = yield from look(scene, tokens, target, control=Guard.LATER)
        if not seen.opened:
            return waited
        held = seen.tokens
    return None


def pauses(scene: Scene) -> tuple[float, ...]:
    """The delays in steps that are short against the policy's inactivity timeout; the long one only where it may be."""
    first, second = DELAYS
    if second > scene.wait:
        return (first,)
    steps = math.ceil(second / min(IDLE, max(1.0, scene.policy.inactivity_timeout / 3)))
    return (first, *(second / steps for _ in range(steps)))


def replay_opens(
    scene: Scene,
    tokens: TokenSet | Iterable[TokenSet],
    target: Target = OWNER,
    *,
    failed: str,
    passed: str,
    ended: bool = True,
    used: float = 0.0,
) -> Step[Outcome]:
    """The verdict: do these tokens (or one of several copies) open the account? With G3, G4, G5 and G7 around it.

    The positive control (G1) stands before the event and is the caller's. ``ended`` says that the event should have
    ended a session, which may take the app a moment, so that a delayed repeat is due. ``used`` is when the session was
    last used by the clock of the answers: one that had time to idle out has not been ended by the event.
    """
    where = (place(target.of(scene)),)
    for copy in (tokens,) if isinstance(tokens, TokenSet) else tuple(tokens):
        seen = yield from look(scene, copy, target)
        if not seen.opened:
            _not_idled_out(scene, used, seen.answer)
            continue
        yield from must_be_refused(scene, copy, target)
        shut = (yield from outlasts(scene, seen.tokens, target)) if ended else None
        if shut is None:
            return check.failed(failed, where=where)
        return check.passed(f"{passed}; it took up to {spell(shut)} to take effect", where=where)
    yield from other_lives(scene)
    return check.passed(passed, where=where)


def _not_idled_out(scene: Scene, used: float, answer: Answer) -> None:
    idle, limit = answer.exchange.started - used, scene.policy.inactivity_timeout
    if used and idle > limit * NEARLY:
        raise CannotTell(
            f"the session was dead after the event, but had been left unused for {spell(idle)} by then, and the policy "
            f"ends idle sessions after {spell(limit)}"
        )
