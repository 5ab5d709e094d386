"""Plays a check against a model of an app and holds its outcomes to the rule of controls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sessionward.audit.check import Check, Confidence, Detection, Outcome, Outcomes, Severity, Verdict
from sessionward.audit.experiment import unguarded
from sessionward.audit.experiment.guards import flatten
from sessionward.audit.probe import Probe, Sample, Wait
from sessionward.audit.scene import Scene
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import SCENE

MOST_PROBES = 400
"""A check that asks for more has lost its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What a check concluded and what it asked for on the way."""

    outcomes: tuple[Outcome, ...]
    probes: tuple[Probe[Any], ...]

    @property
    def outcome(self) -> Outcome:
        """The only outcome."""
        (outcome,) = self.outcomes
        return outcome

    @property
    def verdict(self) -> Verdict:
        """The verdict of the only outcome."""
        return self.outcome.verdict

    @property
    def message(self) -> str:
        """Its message."""
        return self.outcome.message

    @property
    def confidence(self) -> Confidence | None:
        """Its confidence."""
        return self.outcome.confidence

    @property
    def severity(self) -> Severity | None:
        """Its own severity, where it has one."""
        return self.outcome.severity

    @property
    def waited(self) -> float:
        """How many seconds it let pass."""
        return sum(probe.seconds for probe in self.probes if isinstance(probe, Wait))

    def asked(self, kind: type[Probe[Any]]) -> int:
        """How many probes of a kind it asked for."""
        return sum(isinstance(probe, kind) for probe in self.probes)


def play(check: Check, app: FakeApp | None = None, scene: Scene = SCENE) -> Played:
    """Play the check to its end. Fails where a verdict stands without its controls."""
    probes: list[Probe[Any]] = []
    outcomes = _run(check.detect(scene), app or FakeApp(), probes)
    played = Played(
        outcomes=(outcomes,) if isinstance(outcomes, Outcome) else outcomes, probes=tuple(flatten(probes))
    )
    assert played.outcomes, "a check concludes something"
    assert check.sessions is None or not played.asked(Sample), (
        "a sample pushes out what others have under a cap"
    )
    for outcome in played.outcomes:
        assert outcome.message, "an outcome says why"
        assert not (lack := unguarded(outcome, probes)), f"{outcome.verdict}: {lack}"
        assert outcome.confidence is None or outcome.verdict is Verdict.FAILED
    return played


def _run(detection: Detection, app: FakeApp, probes: list[Probe[Any]]) -> Outcomes:
    try:
        probe = next(detection)
        while True:
            probes.append(probe)
            assert len(probes) < MOST_PROBES, "the check does not end"
            probe = detection.send(app.answer(probe))
    except StopIteration as end:
        outcomes: Outcomes = end.value
        return outcomes
