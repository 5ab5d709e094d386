from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.token.duplicate_token import CHECK
from sessionward.audit.probe import Sample
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, clock, minted
from tests.audit.checks.transcript import play


def test_one_token_for_two_people_is_a_defect() -> None:
    played = play(CHECK, minted(lambda app, party: f"{int(clock(app)):x}{'c0ffee' * 4}"), ONE_WAY)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "the stranger's data" in played.message


def test_different_tokens_pass_with_one_sample() -> None:
    played = play(CHECK, MintingApp(), ONE_WAY)
    assert played.verdict is Verdict.PASSED
    assert played.asked(Sample) == 1


def test_one_person_who_gets_the_living_session_again_is_no_collision() -> None:
    assert play(CHECK, MintingApp(idempotent=True), ONE_WAY).verdict is Verdict.PASSED


def test_a_collision_that_does_not_come_again_is_a_suspicion() -> None:
    app = minted(lambda app, party: "c0ffee" * 5 if app.number in {1045, 1046} else app.invent())
    assert play(CHECK, app, ONE_WAY).confidence is Confidence.SUSPECTED


def test_too_few_logins_are_inconclusive() -> None:
    assert play(CHECK, MintingApp(most=3), ONE_WAY).verdict is Verdict.INCONCLUSIVE
