import gzip
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from docs.transitions import NOW, POLICY, having, session
from sessionward.session import pages
from sessionward.session.pages.page_settings import PageSettings, Remaining, hint_interval, remaining
from sessionward.session.policy import PolicyError
from sessionward.session.state import State

KEY = b"k" * 32


def test_the_script_is_less_than_8_kb_when_it_is_sent() -> None:
    text = files(pages).joinpath("script.js").read_bytes()
    assert len(gzip.compress(text)) < 8_000


def test_time_is_counted_as_the_session_is_held_to_it() -> None:
    active = session(State.ACTIVE, idle=60).record
    assert remaining(POLICY, active, NOW) == Remaining(lock=240.0, inactivity=840.0, absolute=36_000.0)
    assert remaining(POLICY, replace(active, last_active=NOW - 400), NOW).lock == 0
    assert remaining(POLICY, session(State.LOCKED, idle=400).record, NOW).lock is None
    assert remaining(POLICY.but(lock_after=None), active, NOW).lock is None
    held = having(session(State.ACTIVE, idle=400), lease=NOW + 60).record
    assert remaining(POLICY, held, NOW) == Remaining(lock=360.0, inactivity=960.0, absolute=36_000.0)


def test_hints_come_as_often_as_activity_is_written_down() -> None:
    assert hint_interval(POLICY) == 15
    assert hint_interval(POLICY.but(lock_after=20.0)) == 5


@pytest.mark.parametrize(
    "chosen",
    [
        {"keys": ()},
        {"keys": (b"short",)},
        {"keys": (KEY,), "prefix": "session"},
        {"keys": (KEY,), "prefix": "/session/"},
        {"keys": (KEY,), "warn_before": 19.0},
        {"keys": (KEY,), "warn_before": float("nan")},
    ],
)
def test_nonsense_is_refused_at_the_start(chosen: Any) -> None:
    with pytest.raises(PolicyError):
        PageSettings(**chosen)


def test_keys_are_not_shown() -> None:
    assert "kkkk" not in repr(PageSettings(keys=(KEY,)))
