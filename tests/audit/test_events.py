import dataclasses
import inspect
from typing import get_args

import pytest

from sessionward.audit import events
from sessionward.audit.events import AuditFinished, Event, EvidenceStep, Finding, Noted, Picture


def test_every_kind_of_event_is_one_that_listeners_must_know() -> None:
    parts = {EvidenceStep, Finding, Picture}
    kinds = {
        kind
        for _, kind in inspect.getmembers(events, dataclasses.is_dataclass)
        if inspect.isclass(kind) and kind.__module__ == events.__name__
    }
    assert set(get_args(Event)) == kinds - parts


def test_an_event_cannot_be_changed_by_one_listener_for_the_next() -> None:
    note = Noted(text="x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        note.text = "y"  # type: ignore[misc]


def test_an_audit_counts_as_complete_unless_something_says_otherwise() -> None:
    end = AuditFinished(seconds=1, requests=2)
    assert (end.complete, end.reason, end.left_alive, end.unrestored) == (True, "", (), ())
