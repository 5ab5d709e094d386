import pytest

from sessionward.audit.experiment.endings import CannotTell, NotHere
from sessionward.audit.experiment.remembered import outlasting, remembered_login
from sessionward.audit.scene import LoginFacts
from sessionward.http import TokenSet
from tests.audit.checks.fake_app import FakeApp, cookie
from tests.audit.checks.scenes import REMEMBER, SCENE, START, scene
from tests.audit.experiment.steps_of import walk

PLAIN = TokenSet((*cookie("sid", "1"), *cookie("consent", "yes", expires=5000.0)))


def test_a_cookie_that_only_a_remembered_login_has_outlasts_the_browser() -> None:
    assert outlasting(PLAIN, PLAIN.merged(cookie("remember", "2", expires=9e6))) == {REMEMBER}


def test_a_session_cookie_that_is_given_a_term_outlasts_the_browser() -> None:
    assert {key.name for key in outlasting(PLAIN, PLAIN.merged(cookie("sid", "2", expires=9e6)))} == {"sid"}


def test_a_cookie_that_lasts_as_long_without_being_remembered_does_not_count() -> None:
    assert outlasting(PLAIN, PLAIN.merged(cookie("consent", "yes", expires=5001.0))) == frozenset()


def test_a_new_cookie_that_ends_with_the_browser_does_not_count() -> None:
    assert outlasting(PLAIN, PLAIN.merged(cookie("nonce", "3"))) == frozenset()


def test_the_session_that_is_handed_out_was_never_used() -> None:
    app = FakeApp()
    found = walk(remembered_login(SCENE, keep=False), app)
    token = found.copy.get(REMEMBER)
    assert token is not None
    assert found.copy.keys == {REMEMBER}
    assert token.value in app.remembered


def test_a_form_without_the_offer_has_no_such_thing() -> None:
    with pytest.raises(NotHere, match="nothing like it"):
        walk(remembered_login(scene(login=LoginFacts(url=START)), keep=False))


def test_a_lasting_cookie_that_opens_nothing_is_told() -> None:
    with pytest.raises(CannotTell, match="do not open the account"):
        walk(remembered_login(SCENE, keep=False), FakeApp(remembered_opens=False))
