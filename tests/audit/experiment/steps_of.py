"""Plays a part of an experiment against the model of an app."""

from __future__ import annotations

from typing import Any, TypeVar

from sessionward.audit.experiment import Step
from sessionward.audit.probe import Probe
from tests.audit.checks.fake_app import FakeApp

T = TypeVar("T")


def walk(step: Step[T], app: FakeApp | None = None, probes: list[Probe[Any]] | None = None) -> T:
    """What the step gives back; ``probes`` collects what it asked for."""
    app = app or FakeApp()
    try:
        probe = next(step)
        while True:
            if probes is not None:
                probes.append(probe)
            probe = step.send(app.answer(probe))
    except StopIteration as end:
        value: T = end.value
        return value
