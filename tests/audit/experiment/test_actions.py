import pytest

from sessionward.audit.experiment.actions import (
    carriers,
    change_password,
    channels,
    cookie_keys,
    copies,
    enter,
    leave,
    require,
    resident,
)
from sessionward.audit.experiment.endings import CannotTell
from sessionward.audit.observation import LoggedOut
from sessionward.audit.probe import Visit
from sessionward.http import Request
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, BEARER, ORACLE, SCENE, SID, needing, scene
from tests.audit.experiment.steps_of import walk


def test_a_refused_login_ends_the_experiment_with_the_words_of_the_app() -> None:
    with pytest.raises(CannotTell, match="locked for an hour"):
        walk(enter("owner"), FakeApp(login_works=False, login_reason="locked for an hour"))


def test_a_session_for_controls_that_cannot_be_had_ends_the_experiment() -> None:
    with pytest.raises(CannotTell, match="for the controls"):
        walk(resident("stranger", "other account"), FakeApp(login_works=False))


def test_a_logout_without_effect_ends_the_experiment() -> None:
    app = FakeApp(logout_effective=False)
    session = walk(enter("owner"), app)
    with pytest.raises(CannotTell, match="did nothing"):
        walk(leave(SCENE, session), app)


def test_a_browser_that_was_shown_nothing_before_cannot_lose_anything() -> None:
    app = FakeApp(breaks=lambda probe: 403 if isinstance(probe, Visit) else 0)
    session = walk(enter("owner"), app)
    with pytest.raises(CannotTell, match="is logged in, but was shown nobody's data"):
        walk(leave(SCENE, session), app)


def test_a_refused_change_of_the_password_ends_the_experiment() -> None:
    app = FakeApp(demands_current=frozenset({"right"}))
    session = walk(enter("owner"), app)
    with pytest.raises(CannotTell, match="wrong password"):
        walk(change_password(session), app)


def test_a_missing_flow_is_explained_by_what_exploration_saw() -> None:
    require(SCENE, "logout")
    with pytest.raises(CannotTell, match="only a timer"):
        require(scene(logout=None, missing={"logout": "only a timer"}), "logout")
    with pytest.raises(CannotTell, match="none of the pages"):
        require(scene(password_change=None), "password-change")


def test_every_carrier_counts_and_cookies_are_told_apart() -> None:
    assert carriers(SCENE) == {SID, BEARER}
    assert cookie_keys(SCENE) == {SID}


def test_a_way_in_is_known_by_what_opens_it_and_by_its_kind() -> None:
    second_page, other_api = needing(ORACLE, SID), needing(API, SID)
    assert channels(scene(private=(ORACLE, second_page, API, other_api))) == (ORACLE, API, other_api)


def test_the_last_tokens_that_a_browser_sent_are_a_copy_of_their_own() -> None:
    session = walk(enter("owner"))
    sent = Request(method="POST", url="http://app.test/logout", headers=(("Cookie", "sid=renewed; lang=en"),))
    latest, first = copies(SCENE, session, LoggedOut(effective=True, requests=(sent,)))
    token = latest.get(SID)
    assert token is not None
    assert token.value == "renewed"
    assert first == session.tokens


def test_tokens_that_did_not_change_are_one_copy() -> None:
    session = walk(enter("owner"))
    held = session.tokens.get(SID)
    assert held is not None
    sent = Request(method="POST", url="http://app.test/logout", headers=(("Cookie", f"sid={held.value}"),))
    assert list(copies(SCENE, session, LoggedOut(effective=True, requests=(sent,)))) == [session.tokens]
