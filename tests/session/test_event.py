from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import get_args

import pytest

from sessionward.session.event import Event, Request


def test_events_are_plain_values_that_hold_digests_and_no_token() -> None:
    for kind in get_args(Event):
        assert is_dataclass(kind)
        assert "token" not in {entry.name for entry in fields(kind)}


def test_an_event_cannot_be_changed() -> None:
    event = Request(by_person=True)
    with pytest.raises(FrozenInstanceError):
        event.by_person = False  # type: ignore[misc]
