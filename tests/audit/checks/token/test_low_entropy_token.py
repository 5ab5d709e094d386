import uuid

import pytest

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.token.low_entropy_token import CHECK
from sessionward.audit.experiment import Guard
from sessionward.http import TokenSet
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import ORACLE, SID, needing, scene
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, WebTokens, minted
from tests.audit.checks.transcript import play


def test_six_digits_are_a_defect_and_their_bits_are_told() -> None:
    played = play(CHECK, minted(lambda app, party: f"{app.rng.randrange(10**6):06d}"), ONE_WAY)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "20 bits" in played.message


def test_a_long_constant_prefix_does_not_count() -> None:
    played = play(CHECK, minted(lambda app, party: f"{'session' * 6}{app.rng.randrange(10**9):09d}"), ONE_WAY)
    assert played.confidence is Confidence.CONFIRMED


@pytest.mark.parametrize("length", [16, 20])
def test_between_what_nist_and_asvs_ask_it_is_a_mild_suspicion(length: int) -> None:
    played = play(CHECK, minted(lambda app, party: app.invent()[:length]), ONE_WAY)
    assert (played.confidence, played.severity) == (Confidence.SUSPECTED, Severity.LOW)


def test_random_tokens_pass_as_do_random_uuids_and_signed_ones() -> None:
    odd = minted(lambda app, party: str(uuid.UUID(int=app.rng.getrandbits(128), version=4)))
    prefixed = minted(lambda app, party: f"clinic.v1.{app.invent()}")
    for app in (MintingApp(), odd, prefixed, WebTokens().app()):
        assert play(CHECK, app, ONE_WAY).verdict is Verdict.PASSED


def test_a_few_short_ones_are_a_suspicion_and_a_few_long_ones_inconclusive() -> None:
    short = minted(lambda app, party: f"{app.rng.randrange(10**6):06d}")
    short.most = 6
    assert play(CHECK, short, ONE_WAY).confidence is Confidence.SUSPECTED
    assert play(CHECK, MintingApp(most=4), ONE_WAY).verdict is Verdict.INCONCLUSIVE


def test_the_living_session_handed_out_again_is_inconclusive() -> None:
    assert play(CHECK, MintingApp(idempotent=True), ONE_WAY).verdict is Verdict.INCONCLUSIVE


def test_a_lost_control_is_inconclusive() -> None:
    app = minted(lambda app, party: f"{app.rng.randrange(10**6):06d}")
    app.breaks = lambda probe: 403 if probe.control == Guard.POSITIVE else 0
    assert play(CHECK, app, ONE_WAY).verdict is Verdict.INCONCLUSIVE


def test_a_random_token_against_forgery_beside_it_hides_no_short_one() -> None:
    def both(app: MintingApp, party: str) -> TokenSet:
        return cookie("sid", f"{app.rng.randrange(10**6):06d}").merged(cookie("XSRF-TOKEN", app.invent()))

    guard = next(token.key for token in cookie("XSRF-TOKEN", "x"))
    played = play(CHECK, MintingApp(mint=both), scene(private=(needing(ORACLE, SID, guard),)))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_what_all_logins_have_alike_hides_no_short_one() -> None:
    def both(app: MintingApp, party: str) -> TokenSet:
        return cookie("sid", f"{app.rng.randrange(10**6):06d}").merged(
            cookie("app", "k" * 12 + "9f8a7b6c" * 4)
        )

    key = next(token.key for token in cookie("app", "x"))
    played = play(CHECK, MintingApp(mint=both), scene(private=(needing(ORACLE, SID, key),)))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
