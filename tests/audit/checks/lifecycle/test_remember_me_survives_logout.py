import pytest

from sessionward.audit.check import Verdict
from sessionward.audit.checks.lifecycle.remember_me_survives_logout import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import LogIn, LogOut, Replay
from sessionward.audit.scene import LoginFacts
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import REMEMBER, START, scene
from tests.audit.checks.transcript import play

SURVIVES = frozenset({"password"})


@pytest.mark.parametrize("one_time", [True, False])
def test_a_remembered_login_that_outlives_the_logout_is_a_defect(one_time: bool) -> None:  # noqa: FBT001
    played = play(CHECK, FakeApp(remembered_dies=SURVIVES, one_time=one_time))
    assert played.verdict is Verdict.FAILED
    assert "cookie remember" in played.message


def test_a_remembered_login_that_dies_with_the_logout_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_the_copy_that_is_tried_was_never_used_before() -> None:
    played = play(CHECK, FakeApp(remembered_dies=SURVIVES))
    logout = next(n for n, probe in enumerate(played.probes) if isinstance(probe, LogOut))
    presented = [
        token.value
        for p in played.probes
        if isinstance(p, Replay)
        for token in p.tokens
        if token.key == REMEMBER
    ]
    attack = next(p for p in played.probes[logout:] if isinstance(p, Replay))
    copy = attack.tokens.get(REMEMBER)
    assert copy is not None
    assert attack.tokens.keys == {REMEMBER}
    assert presented.count(copy.value) == presented[presented.index(copy.value) :].count(copy.value)


def test_a_login_that_does_not_offer_it_has_no_such_thing() -> None:
    played = play(CHECK, scene=scene(login=LoginFacts(url=f"{START}login")))
    assert played.verdict is Verdict.INAPPLICABLE


def test_a_box_that_changes_nothing_is_inconclusive() -> None:
    played = play(CHECK, FakeApp(remembers=False))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "outlasts the browser" in played.message


def test_a_lasting_cookie_that_opens_nothing_is_inconclusive() -> None:
    played = play(CHECK, FakeApp(remembered_opens=False))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "do not open the account" in played.message
    assert sum(isinstance(p, LogIn) and p.control == Guard.TWIN for p in played.probes) == 2


def test_a_throttle_after_the_logout_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 429 if isinstance(probe, Replay) and not probe.control else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_an_app_that_breaks_after_the_logout_does_not_pass() -> None:
    app = FakeApp(breaks=lambda probe: 500 if probe.control == Guard.OTHER else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE
