"""The ladder: several sessions left alone, each looked at once after its own time, since a look renews it."""

from __future__ import annotations

from dataclasses import dataclass

from sessionward.audit.experiment.endings import Step
from sessionward.audit.experiment.parked import (
    STRANGER,
    busy_resident,
    elapsed,
    latest_end,
    park,
    pass_time,
    touch,
)
from sessionward.audit.experiment.replay import look
from sessionward.audit.scene import Scene
from sessionward.http import TokenSet

RUNGS = 2
"""Few, since apps that cap the sessions of an account are the ones most likely to end idle ones as well."""
KEPT_FREE = 1
"""Places under a cap that are left to the session kept for controls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """What the ladder showed, in seconds of idleness. ``tokens`` are those of the longest that was seen alive.

    ``doubt`` says why the death cannot be laid to idleness, empty where it can.
    """

    alive_after: float | None
    dead_after: float | None
    tokens: TokenSet
    doubt: str = ""


def rungs(scene: Scene) -> tuple[float, ...]:
    """After how many seconds to look, ascending: around the policy's limit where there is time for it.

    A cap on sessions leaves fewer; the longest matter most.
    """
    limit, wait = scene.policy.inactivity_timeout, scene.wait
    proof = latest_end(limit) + 1
    wanted = [proof, limit / 2] if wait >= proof else [wait, wait / 2]
    room = RUNGS if scene.session_cap is None else min(RUNGS, scene.session_cap - KEPT_FREE)
    return tuple(sorted(wanted[:room]))


def climb(scene: Scene) -> Step[Climbed]:
    """Park, wait, look: from the shortest idleness to the longest, until one session is found dead."""
    busy = yield from busy_resident(scene)
    times = rungs(scene)
    parked = yield from park(scene, len(times))
    yield from touch(scene, busy)  # its clock and that of the parked begin together
    alive_after, tokens, waited = None, parked[-1].held, 0.0
    for until, one in zip(times[-len(parked) :], parked, strict=True):
        waited = yield from pass_time(scene, (busy,), until, waited=waited)
        seen = yield from look(scene, one.held, STRANGER)
        idle = elapsed(one.since, seen.started, waited)
        if seen.opened:
            alive_after, tokens = idle, seen.tokens
            continue
        yield from touch(scene, busy)
        doubt = "" if busy.alive else "a session that was used all the time died as well"
        return Climbed(alive_after=alive_after, dead_after=idle, tokens=tokens, doubt=doubt)
    return Climbed(alive_after=alive_after, dead_after=None, tokens=tokens)
