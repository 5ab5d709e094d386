from dataclasses import replace

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.token.static_token import CHECK
from sessionward.audit.probe import LogOut
from sessionward.http import TokenSet
from tests.audit.checks.fake_server import cookie
from tests.audit.checks.scenes import ORACLE, SID, needing, scene
from tests.audit.checks.token.minting_app import IDS, ONE_WAY, MintingApp, minted
from tests.audit.checks.transcript import play


def test_a_token_that_never_changes_is_a_defect() -> None:
    played = play(CHECK, minted(lambda app, party: f"key-of-{party}-{'f' * 24}"), ONE_WAY)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert played.asked(LogOut) == 1


def test_a_token_that_changes_passes_without_a_logout() -> None:
    played = play(CHECK, MintingApp(), ONE_WAY)
    assert played.verdict is Verdict.PASSED
    assert played.asked(LogOut) == 0


def test_the_living_session_handed_out_again_passes_where_a_logout_ends_it() -> None:
    played = play(CHECK, MintingApp(idempotent=True), ONE_WAY)
    assert played.verdict is Verdict.PASSED
    assert "share a living session" in played.message


def test_a_static_part_beside_a_changing_one_passes() -> None:
    def both(app: MintingApp, party: str) -> TokenSet:
        return cookie("sid", app.invent()).merged(cookie("user", IDS[party]))

    user = next(token.key for token in cookie("user", "x"))
    known = scene(private=(needing(ORACLE, SID, user),))
    assert play(CHECK, MintingApp(mint=both), known).verdict is Verdict.PASSED


def test_without_a_logout_it_is_a_suspicion() -> None:
    app = minted(lambda app, party: f"key-of-{party}-{'f' * 24}")
    played = play(CHECK, app, scene(private=(ORACLE,), logout=None))
    assert played.confidence is Confidence.SUSPECTED
    assert "no way to log out was found" in played.message


def test_too_few_logins_are_inconclusive() -> None:
    assert play(CHECK, MintingApp(most=2), ONE_WAY).verdict is Verdict.INCONCLUSIVE


def test_a_changing_token_against_forgery_hides_no_static_one() -> None:
    def both(app: MintingApp, party: str) -> TokenSet:
        return cookie("sid", f"key-of-{party}-{'f' * 24}").merged(cookie("XSRF-TOKEN", app.invent()))

    guard = next(token.key for token in cookie("XSRF-TOKEN", "x"))
    known = scene(private=(needing(ORACLE, SID, guard),))
    assert play(CHECK, MintingApp(mint=both), known).verdict is not Verdict.PASSED
    assert play(CHECK, MintingApp(mint=both), replace(known, logout=None)).confidence is Confidence.SUSPECTED
