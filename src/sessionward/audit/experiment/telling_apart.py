"""Whether an app answers to known names otherwise than to unknown ones: in words, and in time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from statistics import median

from sessionward.audit.observation import Reaction

ENOUGH = 20
"""So many samples of each kind are needed before times are compared."""
ROUNDS = 4000
RARE = 0.001
"""The difference must be rarer than this among shuffled samples (a permutation test on the difference of medians)."""
LEAST = 0.004
"""Seconds; a smaller difference is lost on any network."""


def said_apart(known: Sequence[Reaction], unknown: Sequence[Reaction]) -> str:
    """What all known names were answered and no unknown one was, or the other way round; empty where nothing was."""
    for what, one, other in (
        ("status", {str(r.status) for r in known}, {str(r.status) for r in unknown}),
        ("redirect", {r.location for r in known}, {r.location for r in unknown}),
    ):
        if len(one) == len(other) == 1 and one != other:
            return f"the {what} is {min(one) or 'none'} for known names and {min(other) or 'none'} for unknown ones"
    told = _only(known, unknown)
    if told:
        return f"only known names are answered “{told}”"
    told = _only(unknown, known)
    return f"only unknown names are answered “{told}”" if told else ""


def _only(those: Sequence[Reaction], others: Sequence[Reaction]) -> str:
    """The shortest text that all of those were shown and none of the others."""
    shared = frozenset.intersection(*(one.texts for one in those)) if those else frozenset[str]()
    own = shared.difference(*(one.texts for one in others))
    return min(own, key=lambda text: (len(text), text), default="")[:120]


def time_apart(known: Sequence[float], unknown: Sequence[float], *, seed: int) -> float:
    """The difference of the median times in seconds, positive where known names take longer.

    0 where there are too few samples, where it is no more than the samples of a kind differ among themselves (their
    median deviation), or where shuffling explains it.
    """
    if min(len(known), len(unknown)) < ENOUGH:
        return 0.0
    gap = median(known) - median(unknown)
    if abs(gap) < max(LEAST, spread(known), spread(unknown)):
        return 0.0
    pool, size, rng = [*known, *unknown], len(known), random.Random(seed)
    as_far = 0
    for _ in range(ROUNDS):
        rng.shuffle(pool)
        as_far += abs(median(pool[:size]) - median(pool[size:])) >= abs(gap)
    return gap if (as_far + 1) / (ROUNDS + 1) < RARE else 0.0


def spread(samples: Sequence[float]) -> float:
    """The median absolute deviation: how far a usual sample is from the middle."""
    middle = median(samples)
    return median(abs(one - middle) for one in samples)
