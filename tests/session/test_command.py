from dataclasses import FrozenInstanceError

import pytest

from sessionward.session.command import Decision, Touch
from sessionward.session.state import State


def test_a_decision_asks_for_nothing_unless_it_says_so() -> None:
    decision = Decision(state=State.ANONYMOUS)
    assert (decision.record, decision.commands, decision.browser, decision.refusal) == (None, (), None, None)


def test_a_command_cannot_be_changed() -> None:
    command = Touch(handle="a", last_active=1.0)
    with pytest.raises(FrozenInstanceError):
        command.last_active = 2.0  # type: ignore[misc]
