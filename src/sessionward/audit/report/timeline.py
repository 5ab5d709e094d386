"""An experiment as a reader sees it: its steps in order, the controls apart, and the one that decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.events import EvidenceStep, Finding
from sessionward.audit.report.masking import masked
from sessionward.audit.report.wording import CONTROLS, duration

Kind = Literal["act", "control", "pause", "decides"]

FOLD_FROM = 14
"""An experiment with more steps than this is shown in part and the rest folded: forty addresses are no story."""
HEAD, AROUND, TAIL = 5, 2, 3
"""How many steps stay open at the beginning, on each side of the deciding one, and at the end."""

SHOWN = {
    "owner": "the owner's data",
    "stranger": "the other account's data",
    "nobody": "nobody's data",
    "unclear": "unclear whose data",
    "error": "an error",
}
"""Whose data an answer shows, in words."""

OWN = frozenset({"positive control", "other account"})
"""Controls that must show the party whose tokens they bring; the others must show nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. ``purpose`` says what a control is for; ``sound`` whether it came out as it must, None: cannot say.

    ``gap`` is the time since the step before it where that is long enough to matter.
    """

    number: int
    kind: Kind
    time: str
    what: str
    party: str
    request: str
    response: str
    shows: str
    control: str
    purpose: str
    sound: bool | None
    foreign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Steps that follow each other, open or folded."""

    steps: tuple[Step, ...]
    folded: bool

    @property
    def first(self) -> int:
        """The number of its first step."""
        return self.steps[0].number


def timeline(finding: Finding) -> tuple[Stretch, ...]:
    """The experiment of a finding in stretches; empty where nothing was done."""
    evidence = finding.evidence
    decisive = deciding(evidence) if _proved(finding) else None
    steps = [_step(step, number, decides=number == decisive) for number, step in enumerate(evidence)]
    return _stretches(steps, decisive)


def deciding(evidence: Sequence[EvidenceStep]) -> int | None:
    """The index of the step on which the outcome rests: the last of the experiment that showed somebody's data,
    else the last that showed anything, else the last one that did anything."""
    own = [(index, step) for index, step in enumerate(evidence) if not step.control and not _pause(step)]
    for wanted in (_somebody, _anything, _always):
        found = [index for index, step in own if wanted(step)]
        if found:
            return found[-1]
    return None


def _proved(finding: Finding) -> bool:
    """A suspicion and an open question rest on no single step."""
    return finding.verdict is Verdict.PASSED or finding.confidence is Confidence.CONFIRMED


def _somebody(step: EvidenceStep) -> bool:
    return step.shows in {"owner", "stranger"}


def _anything(step: EvidenceStep) -> bool:
    return bool(step.shows)


def _always(step: EvidenceStep) -> bool:
    return step is not None


def _pause(step: EvidenceStep) -> bool:
    return not (step.party or step.request or step.response or step.shows or step.control)


def _step(step: EvidenceStep, index: int, *, decides: bool) -> Step:
    kind: Kind = "decides" if decides else "control" if step.control else "pause" if _pause(step) else "act"
    return Step(
        number=index + 1,
        kind=kind,
        time=duration(step.seconds),
        what=masked(step.probe),
        party=step.party,
        request=masked(step.request),
        response=masked(step.response),
        shows=SHOWN.get(step.shows, step.shows),
        control=step.control,
        purpose=CONTROLS.get(step.control, ""),
        sound=_sound(step),
        foreign=_somebody(step) and step.party != step.shows,
    )


def _sound(step: EvidenceStep) -> bool | None:
    if step.control not in CONTROLS or not step.shows:
        return None
    return step.shows == (step.party if step.control in OWN else "nobody")


def _stretches(steps: Sequence[Step], decisive: int | None) -> tuple[Stretch, ...]:
    if not steps:
        return ()
    if len(steps) <= FOLD_FROM:
        return (Stretch(steps=tuple(steps), folded=False),)
    middle = len(steps) if decisive is None else decisive

    def is_open(index: int) -> bool:
        return index < HEAD or abs(index - middle) <= AROUND or index >= len(steps) - TAIL

    stretches: list[Stretch] = []
    for index, step in enumerate(steps):
        folded = not is_open(index)
        if stretches and stretches[-1].folded is folded:
            stretches[-1] = Stretch(steps=(*stretches[-1].steps, step), folded=folded)
        else:
            stretches.append(Stretch(steps=(step,), folded=folded))
    return tuple(stretches)
