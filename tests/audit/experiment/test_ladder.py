import pytest

from sessionward.audit.experiment.ladder import climb, rungs
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import SCENE, policy, scene
from tests.audit.experiment.steps_of import walk

SHORT = scene(wait=30.0, policy=policy(inactivity_timeout=10.0))


def test_with_time_enough_the_rungs_stand_around_the_limit() -> None:
    assert rungs(SHORT) == (5, 13)


def test_with_too_little_time_the_longest_wait_counts() -> None:
    assert rungs(SCENE) == (15, 30)


def test_a_cap_leaves_the_rung_that_matters_most() -> None:
    assert rungs(scene(wait=30.0, policy=SHORT.policy, session_cap=2)) == (13,)


def test_the_bracket_is_measured() -> None:
    climbed = walk(climb(SHORT), FakeApp(idle=9.0))
    assert climbed.alive_after == pytest.approx(5, abs=0.2)
    assert climbed.dead_after == pytest.approx(13, abs=0.2)
    assert climbed.doubt == ""


def test_the_first_death_ends_the_climb() -> None:
    climbed = walk(climb(SHORT), FakeApp(idle=3.0))
    assert climbed.alive_after is None
    assert climbed.dead_after == pytest.approx(5, abs=0.2)


def test_a_death_beside_that_of_the_busy_session_is_doubted() -> None:
    assert walk(climb(SHORT), FakeApp(absolute=8.0)).doubt


def test_an_app_that_lets_sessions_idle_is_seen_alive_to_the_end() -> None:
    climbed = walk(climb(SHORT), FakeApp(idle=None))
    assert climbed.dead_after is None
    assert climbed.alive_after == pytest.approx(13, abs=0.2)


def test_the_time_that_logging_in_takes_is_not_counted_as_idle() -> None:
    climbed = walk(climb(SHORT), FakeApp(idle=None, login_seconds=4.0))
    assert climbed.alive_after == pytest.approx(13, abs=0.2)
