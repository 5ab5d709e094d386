from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.token.jwt_signature_not_verified import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import Replay, Sample
from sessionward.http import TokenSet
from tests.audit.checks.token.minting_app import ONE_WAY, MintingApp, WebTokens, held
from tests.audit.checks.transcript import play


def test_an_app_that_only_decodes_is_a_defect() -> None:
    played = play(CHECK, WebTokens(verifies=False).app(), ONE_WAY)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "a wrong signature" in played.message


def test_an_app_that_takes_the_algorithm_none_is_a_defect() -> None:
    played = play(CHECK, WebTokens(allows_none=True).app(), ONE_WAY)
    assert played.confidence is Confidence.CONFIRMED
    assert "no signature" in played.message


def test_an_app_that_verifies_passes_after_every_forgery_was_refused() -> None:
    played = play(CHECK, WebTokens().app(), ONE_WAY)
    assert played.verdict is Verdict.PASSED
    assert sum(isinstance(probe, Replay) and not probe.control for probe in played.probes) == 5


def test_a_fault_over_a_forged_token_is_a_refusal() -> None:
    app = WebTokens().app()
    app.breaks = lambda probe: 500 if isinstance(probe, Replay) and not probe.control else 0
    assert play(CHECK, app, ONE_WAY).verdict is Verdict.PASSED


def test_a_throttle_is_inconclusive() -> None:
    app = WebTokens().app()
    app.breaks = lambda probe: 429 if isinstance(probe, Replay) and not probe.control else 0
    assert play(CHECK, app, ONE_WAY).verdict is Verdict.INCONCLUSIVE


def test_a_wrong_signature_that_opens_the_own_account_alone_is_a_suspicion() -> None:
    tokens = WebTokens(verifies=False)
    app = tokens.app()

    def by_id(app: MintingApp, presented: TokenSet) -> str:
        """The app reads the id of the token and looks the session up, so the claims do not matter."""
        body = held(presented).split(".")[1:2]
        return next(
            (who for known, who in app.table.items() if next(iter(known)).split(".")[1:2] == body), ""
        )

    app.believes = by_id
    assert play(CHECK, app, ONE_WAY).confidence is Confidence.SUSPECTED


def test_without_a_web_token_it_is_inapplicable_and_no_sample_is_taken() -> None:
    played = play(CHECK, MintingApp(), ONE_WAY)
    assert played.verdict is Verdict.INAPPLICABLE
    assert played.asked(Sample) == 0


def test_a_lost_control_is_inconclusive() -> None:
    app = WebTokens(verifies=False).app()
    app.breaks = lambda probe: 403 if probe.control == Guard.POSITIVE else 0
    assert play(CHECK, app, ONE_WAY).verdict is Verdict.INCONCLUSIVE
