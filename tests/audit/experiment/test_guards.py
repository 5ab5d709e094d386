from typing import Any

import pytest

from sessionward.audit.check import Outcome, failed, inapplicable, inconclusive, passed, suspected
from sessionward.audit.experiment.guards import Guard, flatten, unguarded
from sessionward.audit.probe import Guess, Probe, Replay, Resident, Together, Wait
from sessionward.http import TokenSet
from tests.audit.checks.scenes import ORACLE


def replay(control: str = "") -> Replay:
    return Replay(exchange=ORACLE, tokens=TokenSet(), party="owner", control=control)


POSITIVE, ATTACK, RANDOM = replay(Guard.POSITIVE), replay(), replay(Guard.RANDOM)


@pytest.mark.parametrize(
    "outcome,probes,lack",
    [
        (failed("x"), [POSITIVE, ATTACK, RANDOM], ""),
        (failed("x"), [POSITIVE, ATTACK], "no control that must be refused was made"),
        (failed("x"), [ATTACK, RANDOM], "no positive control was made"),
        (failed("x"), [POSITIVE, RANDOM], "no attack was made"),
        (failed("x"), [POSITIVE, Guess(party="owner", times=3)], ""),
        (passed("x"), [POSITIVE, ATTACK], ""),
        (passed("x"), [ATTACK], "no positive control was made"),
        (passed("x"), [POSITIVE], "no attack was made"),
        (passed("x"), [POSITIVE, Wait(seconds=2)], "no attack was made"),
        (
            passed("x"),
            [Resident(party="owner", control=Guard.POSITIVE), ATTACK],
            "no positive control was made",
        ),
        (passed("x"), [Together(probes=(POSITIVE, ATTACK))], ""),
        (suspected("x"), [], ""),
        (inconclusive("x"), [], ""),
        (inapplicable("x"), [], ""),
    ],
)
def test_no_verdict_stands_without_its_controls(
    outcome: Outcome, probes: list[Probe[Any]], lack: str
) -> None:
    assert unguarded(outcome, probes) == lack


def test_probes_at_once_are_looked_at_one_by_one() -> None:
    inner = Together(probes=(ATTACK, Together(probes=(RANDOM,))))
    assert list(flatten([POSITIVE, inner])) == [POSITIVE, ATTACK, RANDOM]
