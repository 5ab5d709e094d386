import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.token.jwt_expiry_not_enforced import CHECK
from tests.audit.checks.scenes import ORACLE, scene
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, WebTokens
from tests.audit.checks.transcript import play

PATIENT = scene(private=(ORACLE,), wait=200.0)


def test_a_token_that_is_taken_after_its_end_is_a_defect() -> None:
    played = play(CHECK, WebTokens(life=60.0, enforces_end=False).app(), PATIENT)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert 180 <= played.waited <= 181


def test_a_token_that_dies_at_its_end_passes() -> None:
    assert play(CHECK, WebTokens(life=60.0).app(), PATIENT).verdict is Verdict.PASSED


def test_a_token_that_is_taken_a_moment_after_its_end_is_a_suspicion_and_one_that_is_not_passes() -> None:
    taken = play(CHECK, WebTokens(life=20.0, enforces_end=False).app(), ONE_WAY)
    assert taken.confidence is Confidence.SUSPECTED
    assert "leeway" in taken.message
    assert taken.waited == pytest.approx(25, abs=1)
    assert play(CHECK, WebTokens(life=20.0).app(), ONE_WAY).verdict is Verdict.PASSED


def test_too_little_time_is_inconclusive_and_says_how_much_it_takes() -> None:
    played = play(CHECK, WebTokens(life=900.0).app(), ONE_WAY)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "--wait 1025s" in played.message
    assert played.waited == 0


def test_no_end_and_an_end_beyond_the_policy_are_suspicions() -> None:
    endless = play(CHECK, WebTokens(life=None).app(), ONE_WAY)
    long = play(CHECK, WebTokens(life=30 * 86_400.0).app(), ONE_WAY)
    assert endless.confidence is long.confidence is Confidence.SUSPECTED
    assert "30 days" in long.message


def test_without_a_web_token_it_is_inapplicable() -> None:
    assert play(CHECK, MintingApp(), ONE_WAY).verdict is Verdict.INAPPLICABLE
