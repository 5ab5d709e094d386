import pytest

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.token.jwt_weak_secret import CHECK
from sessionward.audit.probe import Replay
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, WebTokens
from tests.audit.checks.transcript import play


@pytest.mark.parametrize(
    "key", [b"iloveyou", b"your-256-bit-secret", b"", b"secretsecretsecretsecretsecretse"]
)
def test_a_secret_that_is_guessed_opens_the_other_account_and_is_not_told(key: bytes) -> None:
    played = play(CHECK, WebTokens(key=key).app(), ONE_WAY)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert not key or f" {key.decode()} " not in played.message


def test_a_random_secret_passes_after_a_forged_token_was_refused() -> None:
    played = play(CHECK, WebTokens().app(), ONE_WAY)
    assert played.verdict is Verdict.PASSED
    assert any(isinstance(probe, Replay) and not probe.control for probe in played.probes)


def test_an_app_that_verifies_nothing_is_left_to_the_other_check() -> None:
    played = play(CHECK, WebTokens(verifies=False).app(), ONE_WAY)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "jwt-signature-not-verified" in played.message


def test_a_guessed_secret_that_opens_nothing_is_a_suspicion() -> None:
    app = WebTokens(key=b"secret").app()
    app.breaks = lambda probe: 403 if isinstance(probe, Replay) and not probe.control else 0
    assert play(CHECK, app, ONE_WAY).confidence is Confidence.SUSPECTED


def test_a_key_pair_or_no_web_token_is_inapplicable() -> None:
    assert "RS256" in play(CHECK, WebTokens(alg="RS256").app(), ONE_WAY).message
    assert play(CHECK, MintingApp(), ONE_WAY).verdict is Verdict.INAPPLICABLE
