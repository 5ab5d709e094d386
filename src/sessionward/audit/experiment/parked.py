"""Sessions left alone, and one kept busy beside them: how the ends of sessions are told apart and timed.

Times are read from the answers themselves (a monotonic clock of whoever fetched them), so that a delay in between
lengthens the measured time instead of falsifying it; where answers carry no time, the seconds waited for count.
"""

from __future__ import annotations

from dataclasses import dataclass

from sessionward.audit.experiment.actions import enter, resident
from sessionward.audit.experiment.endings import CannotTell, Step
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.replay import Target, look, positive
from sessionward.audit.observation import Session
from sessionward.audit.probe import Wait
from sessionward.audit.scene import Scene
from sessionward.http import TokenSet

STRANGER = Target(party="stranger")
SLACK = 0.05
"""An end may come this part later than the policy's figure, but at least two seconds: apps check in intervals."""


def latest_end(limit: float) -> float:
    """The idle time or age in seconds after which a session that ends at ``limit`` must be dead."""
    return limit + max(2.0, SLACK * limit)


def pause(scene: Scene) -> float:
    """Seconds between two signs of life of a session that is kept busy."""
    return min(30.0, max(1.0, min(scene.wait / 8, scene.policy.inactivity_timeout / 6)))


@dataclass(slots=True, kw_only=True)
class Parked:
    """A session that nobody touches. ``since`` is when it was last used, ``held`` its tokens after that use."""

    since: float
    held: TokenSet


@dataclass(slots=True, kw_only=True)
class Busy:
    """A session that is used all the time. ``seen`` is when it was last looked at; ``alive`` what that look showed.

    ``control`` names the guard that it serves, empty where it is the experiment itself.
    """

    tokens: TokenSet
    since: float
    control: str = Guard.TWIN
    alive: bool = True
    seen: float = 0.0

    def age(self, counted: float) -> float:
        """Its age in seconds when it was last looked at; ``counted`` where the answers carry no time."""
        return elapsed(self.since, self.seen, counted)


def park(scene: Scene, count: int) -> Step[tuple[Parked, ...]]:
    """Log the stranger in ``count`` times and leave the sessions alone.

    Those that the app ended at once (a cap on sessions) drop out. Each is used once more, after the last login, so
    that all begin to idle together.
    """
    parked: list[Parked] = []
    sessions: list[Session] = []
    while len(sessions) < count:
        session = yield from enter("stranger")
        sessions.append(session)
    for session in sessions:
        seen = yield from look(scene, session.tokens, STRANGER, control=Guard.POSITIVE)
        if seen.opened:
            parked.append(Parked(since=seen.started, held=seen.tokens))
    if not parked:
        raise CannotTell(
            "the positive control was lost: none of the sessions to be left alone was alive at first"
        )
    return tuple(parked)


def busy_resident(scene: Scene) -> Step[Busy]:
    """The engine's own session of the stranger as the one that is kept busy: older than all that are parked after it,
    so it would be the first to be pushed out by a cap or ended by its age."""
    if scene.session_cap == 1:
        raise CannotTell(
            "the app lets one session of an account live at a time, so none can be held against another"
        )
    session = yield from resident("stranger", Guard.TWIN)
    first = yield from positive(scene, session.tokens, STRANGER, used=True)
    return Busy(tokens=first.tokens, since=first.started, seen=first.started)


def touch(scene: Scene, busy: Busy) -> Step[None]:
    """Use it once more and note whether it lives."""
    if not busy.alive:
        return
    seen = yield from look(scene, busy.tokens, STRANGER, control=busy.control, used=True)
    busy.alive, busy.seen = seen.opened, seen.started
    busy.tokens = seen.tokens if seen.opened else busy.tokens


def pass_time(scene: Scene, busies: tuple[Busy, ...], until: float, *, waited: float = 0.0) -> Step[float]:
    """Let time pass until ``until`` seconds in all, using the busy ones now and then; ``waited`` have passed already.

    Ends early where the first of them dies as the experiment itself. Gives back how much has passed.
    """
    first = busies[0]
    begun = first.age(waited) - waited
    while waited < until and (first.alive or first.control):
        step = min(pause(scene), until - waited)
        yield from Wait(seconds=step, control=Guard.TWIN)
        waited += step
        for busy in busies:
            yield from touch(scene, busy)
        if first.alive:
            waited = max(waited, first.age(waited) - begun)
    return waited


def elapsed(since: float, now: float, counted: float) -> float:
    """Seconds between two answers by their own clock, or our count where they carry none."""
    return now - since if now > since > 0 else counted
