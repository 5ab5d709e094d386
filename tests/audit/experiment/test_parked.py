from typing import Any

import pytest

from sessionward.audit.experiment.endings import CannotTell
from sessionward.audit.experiment.parked import (
    Busy,
    busy_resident,
    elapsed,
    latest_end,
    park,
    pass_time,
    pause,
    touch,
)
from sessionward.audit.probe import Probe
from tests.audit.checks.fake_app import FakeApp, cookie
from tests.audit.checks.scenes import SCENE, policy, scene
from tests.audit.experiment.steps_of import walk


def test_an_end_may_come_a_little_late() -> None:
    assert latest_end(10) == 12
    assert latest_end(900) == 945


@pytest.mark.parametrize(
    "wait,limit,seconds", [(30.0, 900.0, 3.75), (30.0, 12.0, 2.0), (4.0, 900.0, 1.0), (900.0, 800.0, 30.0)]
)
def test_a_busy_session_is_used_well_within_its_time(wait: float, limit: float, seconds: float) -> None:
    assert pause(scene(wait=wait, policy=policy(inactivity_timeout=limit))) == seconds


def test_time_is_read_from_the_answers_where_they_carry_it() -> None:
    assert elapsed(5.0, 12.5, 7.0) == 7.5
    assert elapsed(0.0, 0.0, 7.0) == 7.0


def test_sessions_begin_to_idle_together() -> None:
    first, second = walk(park(SCENE, 2))
    assert second.since - first.since == pytest.approx(0.01)


def test_sessions_that_a_cap_ended_at_once_drop_out() -> None:
    assert len(walk(park(SCENE, 3), FakeApp(cap=2))) == 2


def test_nothing_alive_at_first_is_a_lost_control() -> None:
    with pytest.raises(CannotTell, match="positive control"):
        walk(park(SCENE, 2), FakeApp(breaks=lambda _: 403))


def test_one_session_at_a_time_allows_no_comparison() -> None:
    with pytest.raises(CannotTell, match="one session"):
        walk(busy_resident(scene(session_cap=1)))


def test_a_busy_session_lives_while_it_is_used() -> None:
    app = FakeApp(idle=5.0)
    busy = walk(busy_resident(SCENE), app)
    assert walk(pass_time(SCENE, (busy,), 30.0), app) == pytest.approx(30, abs=1)
    assert busy.alive


def test_the_experiment_ends_early_with_the_session_it_watches() -> None:
    app = FakeApp(absolute=10.0)
    watched = walk(busy_resident(SCENE), app)
    watched.control = ""
    assert walk(pass_time(SCENE, (watched,), 30.0), app) < 16
    assert not watched.alive


def test_a_companion_that_died_does_not_stop_the_clock() -> None:
    app = FakeApp(absolute=10.0)
    busy = walk(busy_resident(SCENE), app)
    assert walk(pass_time(SCENE, (busy,), 30.0), app) == pytest.approx(30, abs=1)


def test_a_dead_session_is_not_asked_again() -> None:
    busy = Busy(tokens=cookie("sid", "dead"), since=1.0, alive=False)
    probes: list[Probe[Any]] = []
    walk(touch(SCENE, busy), probes=probes)
    assert probes == []
