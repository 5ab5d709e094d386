from typing import Any

import pytest

from sessionward.audit.check import Verdict
from sessionward.audit.experiment.actions import enter
from sessionward.audit.experiment.endings import CannotTell
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.replay import (
    Target,
    look,
    must_be_refused,
    other_lives,
    outlasts,
    pauses,
    positive,
    replay_opens,
)
from sessionward.audit.probe import LogIn, Probe, Replay, Wait
from sessionward.http import TokenSet
from tests.audit.checks.fake_app import FakeApp, cookie
from tests.audit.checks.scenes import API, REMEMBER, SCENE, SID, policy, scene
from tests.audit.experiment.steps_of import walk


def test_a_living_token_opens_and_a_made_up_one_does_not() -> None:
    app = FakeApp()
    session = walk(enter("owner"), app)
    assert walk(look(SCENE, session.tokens), app).opened
    assert not walk(look(SCENE, cookie("sid", "made up")), app).opened


def test_a_remembered_login_is_followed_once_where_that_is_asked_for() -> None:
    app = FakeApp()
    session = app.answer(LogIn(party="owner", remember=True))
    alone = session.tokens.only({REMEMBER})
    seen = walk(look(SCENE, alone, Target(hop=True)), app)
    assert seen.opened
    assert SID in seen.tokens.keys


def test_without_asking_nothing_is_followed() -> None:
    app = FakeApp()
    session = app.answer(LogIn(party="owner", remember=True))
    assert not walk(look(SCENE, session.tokens.only({REMEMBER})), app).opened


def test_a_lost_positive_control_ends_the_experiment() -> None:
    with pytest.raises(CannotTell, match="positive control was lost"):
        walk(positive(SCENE, cookie("sid", "dead")))


def test_another_account_that_is_not_shown_ends_the_experiment() -> None:
    app = FakeApp(breaks=lambda probe: 403 if isinstance(probe, Replay) else 0)
    with pytest.raises(CannotTell, match="other account"):
        walk(other_lives(SCENE), app)


@pytest.mark.parametrize("app", [FakeApp(cached=True), FakeApp(public=frozenset({"profile"}))])
def test_an_address_that_anybody_opens_ends_the_experiment(app: FakeApp) -> None:
    with pytest.raises(CannotTell, match="tokens are not what opens"):
        walk(must_be_refused(SCENE, cookie("sid", "0a")), app)


def test_every_way_in_is_made_random_in_the_control() -> None:
    app, probes = FakeApp(), list[Probe[Any]]()
    session = walk(enter("owner"), app)
    walk(must_be_refused(SCENE, session.tokens), app, probes)
    random = next(p for p in probes if isinstance(p, Replay) and p.control == Guard.RANDOM)
    assert not random.tokens.same_values(session.tokens, SCENE.members | API.members)
    assert random.tokens.keys == session.tokens.keys


def test_a_session_that_goes_on_outlasts_both_repeats() -> None:
    app, probes = FakeApp(), list[Probe[Any]]()
    session = walk(enter("owner"), app)
    assert walk(outlasts(SCENE, session.tokens), app, probes) is None
    assert [probe.seconds for probe in probes if isinstance(probe, Wait)] == [2, 5, 5, 5]


def test_the_repeats_do_not_let_a_session_idle_out() -> None:
    app, short = FakeApp(idle=6.0), scene(policy=policy(inactivity_timeout=6.0))
    session = walk(enter("owner"), app)
    assert walk(outlasts(short, session.tokens), app) is None
    assert max(pauses(short)) <= 2


def test_a_session_that_is_gone_after_a_while_is_timed() -> None:
    app = FakeApp(absolute=6.0)
    session = walk(enter("owner"), app)
    assert walk(outlasts(SCENE, session.tokens), app) == 7


def test_a_useless_new_cookie_does_not_hide_that_the_old_one_opens() -> None:
    app = FakeApp(misleads=True)
    session = walk(enter("owner"), app)
    assert walk(outlasts(SCENE, session.tokens), app) is None


def test_a_short_wait_makes_one_repeat_only() -> None:
    app = FakeApp()
    session, probes = walk(enter("owner"), app), list[Probe[Any]]()
    walk(outlasts(scene(wait=5.0), session.tokens), app, probes)
    assert [probe.seconds for probe in probes if isinstance(probe, Wait)] == [2]


def test_one_copy_that_opens_is_enough() -> None:
    app = FakeApp()
    session = walk(enter("owner"), app)
    verdict = walk(
        replay_opens(SCENE, (cookie("sid", "dead"), session.tokens), failed="it opens", passed="it is shut"),
        app,
    )
    assert (verdict.verdict, verdict.message) == (Verdict.FAILED, "it opens")


def test_no_copy_that_opens_passes_only_while_others_get_in() -> None:
    verdict = walk(replay_opens(SCENE, TokenSet(), failed="it opens", passed="it is shut"))
    assert verdict.verdict is Verdict.PASSED
    app = FakeApp(breaks=lambda probe: 500 if probe.control == Guard.OTHER else 0)
    with pytest.raises(CannotTell):
        walk(replay_opens(SCENE, TokenSet(), failed="it opens", passed="it is shut"), app)


def test_a_session_that_had_time_to_idle_out_was_not_ended_by_the_event() -> None:
    app, short = FakeApp(), scene(policy=policy(inactivity_timeout=10.0))
    used = app.now
    app.now += 9
    with pytest.raises(CannotTell, match="left unused for 9"):
        walk(replay_opens(short, TokenSet(), failed="it opens", passed="it is shut", used=used), app)
    app.now = used + 3
    assert (
        walk(replay_opens(short, TokenSet(), failed="x", passed="y", used=used), app).verdict
        is Verdict.PASSED
    )
