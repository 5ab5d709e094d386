from sessionward.audit.check import Verdict
from sessionward.audit.checks.lifecycle.token_survives_login import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import Replay
from sessionward.http import Carrier, TokenKey
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import BEARER, ORACLE, SID, needing, scene
from tests.audit.checks.transcript import play


def test_a_token_from_before_the_login_that_opens_the_account_is_a_defect() -> None:
    played = play(CHECK, FakeApp(keeps_early_token=True))
    assert played.verdict is Verdict.FAILED
    assert "cookie sid" in played.message


def test_a_renewed_token_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_a_kept_token_that_opens_nothing_alone_is_not_accused() -> None:
    both = scene(private=(needing(ORACLE, SID, BEARER),))
    played = play(CHECK, FakeApp(keeps_early_token=True), both)
    assert played.verdict is Verdict.PASSED
    assert "another token is needed" in played.message


def test_the_attack_presents_nothing_but_the_early_tokens() -> None:
    played = play(CHECK)
    attack = next(p for p in played.probes if isinstance(p, Replay) and not p.control)
    assert attack.tokens.keys == {TokenKey(Carrier.COOKIE, "sid")}


def test_a_login_page_that_hands_out_no_token_has_no_such_thing() -> None:
    assert play(CHECK, FakeApp(early_token=False)).verdict is Verdict.INAPPLICABLE


def test_a_page_that_is_open_before_anybody_logged_in_is_not_accused() -> None:
    played = play(CHECK, FakeApp(cached=True))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "before anybody logged in" in played.message


def test_a_lost_control_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 500 if probe.control == Guard.POSITIVE else 0)
    played = play(CHECK, app)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "status 500" in played.message


def test_a_throttled_attack_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 429 if isinstance(probe, Replay) and not probe.control else 0)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_a_token_that_comes_with_the_form_only_is_tried_as_well() -> None:
    played = play(CHECK, FakeApp(early_token=False, form_token=True, keeps_early_token=True))
    assert played.verdict is Verdict.FAILED
