from sessionward.audit.check import Verdict
from sessionward.audit.checks.lifecycle.remember_me_survives_password_change import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import ChangePassword
from sessionward.audit.scene import LoginFacts
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import START, scene
from tests.audit.checks.transcript import play

SURVIVES = frozenset({"logout"})


def test_a_remembered_login_that_outlives_the_change_is_a_defect() -> None:
    played = play(CHECK, FakeApp(remembered_dies=SURVIVES))
    assert played.verdict is Verdict.FAILED
    assert played.asked(ChangePassword) == 1


def test_a_remembered_login_that_dies_with_the_change_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_a_change_that_did_not_happen_proves_nothing() -> None:
    played = play(CHECK, FakeApp(change_works=False, change_reason="it is too short"))
    assert "too short" in played.message


def test_a_login_that_does_not_offer_it_has_no_such_thing() -> None:
    played = play(CHECK, scene=scene(login=LoginFacts(url=f"{START}login")))
    assert played.verdict is Verdict.INAPPLICABLE
    without = scene(login=LoginFacts(url=f"{START}login"), password_change=None)
    assert play(CHECK, scene=without).verdict is Verdict.INAPPLICABLE


def test_a_random_value_that_is_let_in_as_well_accuses_nobody() -> None:
    app = FakeApp(remembered_dies=SURVIVES, breaks=lambda probe: 500 if probe.control == Guard.RANDOM else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE
