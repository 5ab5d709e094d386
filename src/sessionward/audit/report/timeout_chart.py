"""When sessions were seen to end, drawn against the policy. Figures are per cent of the width, so that text keeps
its size on a narrow screen."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sessionward.audit.report.record import Bracket, Record
from sessionward.audit.report.terms import TIMEOUTS, duration

MARGIN = 1.12
"""The axis ends a little after the last figure, so that its mark is not at the edge."""
TOLERANCE = 0.05
"""Clocks differ and answers take time: this share of the figure, at least two seconds, is nobody's breach."""
RIGHT_HALF = 50.0
"""Labels of marks beyond this per cent grow to the left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point on the axis with its label; ``anchor`` is the side of the label that stands at the point.

    ``row`` is 1 for a label that must make way for another.
    """

    at: float
    text: str
    anchor: str
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One kind of timeout. ``alive``, ``unknown`` and ``dead`` are the ends of the three parts in per cent.

    ``unknown`` is where the session ended somewhere; ``dead`` is 100 only where it was seen dead.
    ``sentence`` tells the same in words: the drawing adds nothing for those who cannot see it.
    """

    name: str
    alive: float
    unknown: float
    dead: float
    policy: Mark | None
    marks: tuple[Mark, ...]
    sentence: str
    within: bool | None


def charts(record: Record) -> tuple[Chart, ...]:
    """A chart for each kind that was measured, in the order of the policy."""
    kinds = [*TIMEOUTS, *(kind for kind in record.timeouts if kind not in TIMEOUTS)]
    brackets = [(kind, record.timeouts.get(kind, Bracket())) for kind in kinds]
    return tuple(_chart(kind, bracket, record.policy) for kind, bracket in brackets if bracket.measured)


def unmeasured(record: Record) -> tuple[str, ...]:
    """The kinds that nothing is known of, as a reader calls them."""
    return tuple(
        name for kind, (name, _) in TIMEOUTS.items() if not record.timeouts.get(kind, Bracket()).measured
    )


def allowed(policy: Mapping[str, object], kind: str) -> float | None:
    """The policy's figure for a kind of timeout in seconds, None where it states none."""
    figure = policy.get(TIMEOUTS.get(kind, ("", ""))[1])
    return float(figure) if isinstance(figure, int | float) and figure > 0 and math.isfinite(figure) else None


def _chart(kind: str, bracket: Bracket, policy: Mapping[str, object]) -> Chart:
    limit = allowed(policy, kind)
    alive, dead = bracket.alive_after or 0.0, bracket.dead_after
    end = max(alive, dead or 0.0, limit or 0.0, 1.0) * MARGIN

    def percent(seconds: float) -> float:
        return round(100 * seconds / end, 2)

    return Chart(
        name=TIMEOUTS.get(kind, (kind, ""))[0],
        alive=percent(alive),
        unknown=percent(dead) if dead is not None else 100.0,
        dead=100.0 if dead is not None else 0.0,
        policy=_mark(percent(limit), f"policy {duration(limit)}") if limit else None,
        marks=_marks(bracket, percent),
        sentence=_sentence(bracket, limit),
        within=_within(bracket, limit),
    )


def _mark(at: float, text: str) -> Mark:
    return Mark(at=at, text=text, anchor="end" if at > RIGHT_HALF else "start")


def _marks(bracket: Bracket, percent: Callable[[float], float]) -> tuple[Mark, ...]:
    """The labels below the bar. Of two, the one whose text would cross the other's line stands lower."""
    ends = ((bracket.alive_after, "alive"), (bracket.dead_after, "dead"))
    marks = [
        _mark(percent(seconds), f"{word} {duration(seconds)}")
        for seconds, word in ends
        if seconds is not None
    ]
    if len(marks) > 1:
        lower = 0 if marks[0].anchor == "start" else 1
        marks[lower] = replace(marks[lower], row=1)
    return tuple(marks)


def _within(bracket: Bracket, limit: float | None) -> bool | None:
    if limit is None:
        return None
    if bracket.alive_after is not None and bracket.alive_after > limit + max(2.0, limit * TOLERANCE):
        return False
    return True if bracket.dead_after is not None and bracket.dead_after <= limit else None


def _sentence(bracket: Bracket, limit: float | None) -> str:
    alive = "" if bracket.alive_after is None else f"Seen alive after {duration(bracket.alive_after)}"
    dead = "" if bracket.dead_after is None else f"seen dead after {duration(bracket.dead_after)}"
    seen = ", ".join(part for part in (alive, dead or "not seen dead") if part)
    verdict = {
        True: "That is within the policy.",
        False: "That is longer than the policy allows.",
        None: "That does not tell whether the policy is kept.",
    }[_within(bracket, limit)]
    policy = f" The policy is {duration(limit)}. {verdict}" if limit else " The policy states no figure."
    return f"{seen[:1].upper()}{seen[1:]}.{policy}"
