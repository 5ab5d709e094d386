"""The guards that every experiment shares, by name, and the rule that no verdict goes without them.

G1 positive control: before the event the token opens the account. G3 a random token of the same format is refused.
G4 no token is refused. G5 another account's session shows the other account. G7 a delayed repeat. (G2, that the event
really happened, is verified by the event's own probe; G6, a fresh connection past every cache, by Replay; G8, the
second run, by the engine; G9, unique markers, by calibration; G10, putting back, by the journal.)
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from typing import Any

from sessionward.audit.check import Confidence, Outcome, Verdict
from sessionward.audit.probe import Close, Probe, Replay, ReplayPersonal, Resident, Together, Visit, Wait


class Guard(enum.StrEnum):
    """What a probe with ``control`` set is for, in the words of the report."""

    POSITIVE = "positive control"
    RANDOM = "random token"
    EMPTY = "no token"
    OTHER = "other account"
    LATER = "delayed repeat"
    BEFORE = "before the event"
    TWIN = "untouched twin"
    HARMLESS = "harmless forged request"
    GONE = "after the logout"

    @property
    def refuses(self) -> bool:
        """Whether the guard shows that the experiment's answer is not what everybody gets."""
        return self in {Guard.RANDOM, Guard.EMPTY, Guard.OTHER, Guard.BEFORE, Guard.GONE}


REFUSING = frozenset(str(guard) for guard in Guard if guard.refuses)
HOUSEKEEPING = (Wait, Close, Resident)
REPLAYS = (Replay, ReplayPersonal, Visit)


def flatten(probes: Iterable[Probe[Any]]) -> Iterator[Probe[Any]]:
    """The probes, those inside Together one by one."""
    for probe in probes:
        if isinstance(probe, Together):
            yield from flatten(probe.probes)
        else:
            yield probe


def unguarded(outcome: Outcome, probes: Iterable[Probe[Any]]) -> str:
    """Why this outcome may not stand after these probes of the same run, in words; empty where it may.

    A ``passed`` and a confirmed ``failed`` each need a positive control and an attack that was really made (a probe
    without ``control``). A ``failed`` that rests on replays also needs a control that was refused.
    """
    if outcome.verdict not in {Verdict.PASSED, Verdict.FAILED} or outcome.confidence is Confidence.SUSPECTED:
        return ""
    made = [probe for probe in flatten(probes) if not isinstance(probe, HOUSEKEEPING)]
    attacks = [probe for probe in made if not probe.control]
    controls = {probe.control for probe in made}
    if Guard.POSITIVE not in controls:
        return "no positive control was made"
    if not attacks:
        return "no attack was made"
    replayed = any(isinstance(probe, REPLAYS) for probe in attacks)
    if outcome.verdict is Verdict.FAILED and replayed and not controls & REFUSING:
        return "no control that must be refused was made"
    return ""
