import pytest

from sessionward.audit.experiment.crowd import alive_at_once, open_sessions
from sessionward.audit.experiment.endings import CannotTell
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import SCENE
from tests.audit.experiment.steps_of import walk


def test_as_many_sessions_as_wanted_are_opened_and_counted_at_once() -> None:
    app = FakeApp()
    sessions, refusal = walk(open_sessions(SCENE, 4), app)
    assert (len(sessions), refusal) == (4, "")
    assert walk(alive_at_once(SCENE, sessions), app)[0] == 4


def test_no_session_idles_out_while_others_are_opened() -> None:
    app = FakeApp(login_seconds=3.0, idle=10.0)
    sessions, _ = walk(open_sessions(SCENE, 6), app)
    assert walk(alive_at_once(SCENE, sessions), app)[0] == 6


def test_tokens_that_each_answer_renews_are_followed() -> None:
    app = FakeApp(renews=True)
    sessions, _ = walk(open_sessions(SCENE, 3), app)
    alive, sessions = walk(alive_at_once(SCENE, sessions), app)
    assert alive == 3
    assert walk(alive_at_once(SCENE, sessions), app)[0] == 3


def test_sessions_that_were_pushed_out_are_not_counted() -> None:
    app = FakeApp(cap=3)
    sessions, _ = walk(open_sessions(SCENE, 4), app)
    assert walk(alive_at_once(SCENE, sessions), app)[0] == 3


def test_a_refusal_comes_with_the_words_of_the_app() -> None:
    sessions, refusal = walk(open_sessions(SCENE, 4), FakeApp(cap=3, cap_refuses=True))
    assert (len(sessions), refusal) == (3, "too many sessions")


def test_a_refusal_that_meets_everybody_tells_nothing_of_the_account() -> None:
    with pytest.raises(CannotTell, match="other account"):
        walk(open_sessions(SCENE, 4), FakeApp(logins_until=2))


def test_one_token_for_all_cannot_be_counted() -> None:
    with pytest.raises(CannotTell, match="share one token"):
        walk(open_sessions(SCENE, 4), FakeApp(static_token=True))


def test_without_the_newest_nothing_is_counted() -> None:
    app = FakeApp()
    sessions, _ = walk(open_sessions(SCENE, 2), app)
    app.end(app.lives[-1])
    with pytest.raises(CannotTell, match="newest"):
        walk(alive_at_once(SCENE, sessions), app)
