from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.transport.token_in_web_storage import CHECK
from sessionward.audit.probe import Replay
from sessionward.http import Carrier, TokenKey
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import BEARER, ORACLE, SID, needing, scene
from tests.audit.checks.transcript import play


def test_a_token_in_storage_that_opens_the_account_alone_is_a_defect() -> None:
    played = play(CHECK, FakeApp(readable_storage=frozenset({BEARER})))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "header authorization" in played.message


def test_only_what_lies_in_storage_is_presented() -> None:
    played = play(CHECK, FakeApp(readable_storage=frozenset({BEARER})))
    attack = next(p for p in played.probes if isinstance(p, Replay) and not p.control)
    assert attack.tokens.keys == {BEARER}


def test_storage_without_a_token_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_a_value_that_carries_no_login_is_not_accused() -> None:
    theme = TokenKey(Carrier.HEADER, "x-theme")
    assert play(CHECK, FakeApp(readable_storage=frozenset({theme}))).verdict is Verdict.PASSED


def test_a_part_that_opens_nothing_alone_is_suspected_only() -> None:
    both = scene(private=(needing(ORACLE, SID, BEARER),))
    played = play(CHECK, FakeApp(readable_storage=frozenset({BEARER})), both)
    assert (played.confidence, played.severity) == (Confidence.SUSPECTED, Severity.LOW)


def test_a_throttle_is_inconclusive() -> None:
    app = FakeApp(
        readable_storage=frozenset({BEARER}),
        breaks=lambda probe: 429 if isinstance(probe, Replay) and not probe.control else 0,
    )
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_a_page_that_everybody_sees_is_not_accused() -> None:
    app = FakeApp(readable_storage=frozenset({BEARER}), cached=True)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE
