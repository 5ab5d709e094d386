"""An experiment as a reader sees it: its steps in order, the controls apart, and the one that decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.events import EvidenceStep, Finding
from sessionward.audit.report.masking import masked
from sessionward.audit.report.terms import CONTROLS, SHOWN, duration

Kind = Literal["act", "control", "pause", "decides"]

FOLD_FROM = 14
"""An experiment with more steps than this is shown in part and what repeats itself is folded: a ladder of sessions is
looked at again and again, and forty addresses are no story."""
FOLD_AT_LEAST = 3
"""Fewer steps in a row are not worth a fold."""

STORY = 4
"""So many steps before the deciding one are told: more is no summary."""

UNKNOWN = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. ``purpose`` says what a control is for; ``sound`` whether it came out as it must, None: cannot say."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Steps that follow each other, open or folded."""

    steps: tuple[Step, ...]
    folded: bool

    @property
    def first(self) -> int:
        """The number of its first step."""
        return self.steps[0].number

    @property
    def last(self) -> int:
        """The number of its last step."""
        return self.steps[-1].number


def timeline(finding: Finding) -> tuple[Stretch, ...]:
    """The experiment of a finding in stretches; empty where nothing was done."""
    evidence = finding.evidence
    decisive = deciding(evidence) if _proved(finding) else None
    steps = [_step(step, number, decides=number == decisive) for number, step in enumerate(evidence)]
    return _stretches(steps, decisive)


def story(stretches: Sequence[Stretch]) -> tuple[Step, ...]:
    """What was done in a few steps, without controls and pauses: each kind once, the deciding one last."""
    steps = [step for stretch in stretches for step in stretch.steps]
    decisive = [step for step in steps if step.kind == "decides"]
    told = {step.what for step in decisive}
    acts: list[Step] = []
    for step in steps:
        if step.kind == "act" and step.what not in told:
            told.add(step.what)
            acts.append(step)
    before = [step for step in acts if not decisive or step.number < decisive[0].number]
    return (*before[-STORY:], *decisive) if decisive else tuple(before[:STORY])


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
    return step.shows not in {"", "nobody", "unclear", "error"}


def _anything(step: EvidenceStep) -> bool:
    return bool(step.shows)


def _always(step: EvidenceStep) -> bool:
    return step is not None


def _pause(step: EvidenceStep) -> bool:
    return not (step.party or step.request or step.response or step.shows)


def _step(step: EvidenceStep, index: int, *, decides: bool) -> Step:
    kind: Kind = "decides" if decides else "pause" if _pause(step) else "control" if step.control else "act"
    return Step(
        number=index + 1,
        kind=kind,
        time=duration(step.seconds),
        what=masked(step.probe),
        party=step.party,
        request=masked(step.request),
        response=masked(step.response),
        shows=SHOWN.get(step.shows, step.shows),
        control="" if kind == "pause" else step.control,
        purpose=CONTROLS.get(step.control, UNKNOWN)[0],
        sound=_sound(step),
    )


def _sound(step: EvidenceStep) -> bool | None:
    wanted = CONTROLS.get(step.control, UNKNOWN)[1]
    if not wanted or not step.shows:
        return None
    return step.shows == (step.party if wanted == "own" else wanted)


def _stretches(steps: Sequence[Step], decisive: int | None) -> tuple[Stretch, ...]:
    dull = _dull(steps, decisive) if len(steps) > FOLD_FROM else frozenset()
    runs = [list(run) for _, run in groupby(steps, key=lambda step: step.number in dull)]
    stretches: list[Stretch] = []
    for run in runs:
        folded = run[0].number in dull and len(run) >= FOLD_AT_LEAST
        if stretches and not folded and not stretches[-1].folded:
            stretches[-1] = Stretch(steps=(*stretches[-1].steps, *run), folded=False)
        else:
            stretches.append(Stretch(steps=tuple(run), folded=folded))
    return tuple(stretches)


def _dull(steps: Sequence[Step], decisive: int | None) -> frozenset[int]:
    """The numbers of steps that show nothing that a step before them did not; never the deciding one or the last.

    Pauses and controls repeat themselves where they are of one kind and came out alike; what the experiment itself
    did, only where it did so often that nobody would read it.
    """
    many = sum(step.kind == "act" for step in steps) > FOLD_FROM
    seen: set[tuple[str, ...]] = set()
    dull = set()
    for index, step in enumerate(steps):
        kind = (
            step.kind,
            step.control,
            "" if step.kind == "pause" else step.what,
            step.shows,
            str(step.sound),
        )
        told = kind in seen and (many or step.kind != "act")
        if told and index not in {decisive, len(steps) - 1}:
            dull.add(step.number)
        seen.add(kind)
    return frozenset(dull)
