from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.lifecycle.idle_timeout_client_only import CHECK
from sessionward.audit.probe import Observe
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import policy, scene
from tests.audit.checks.transcript import play

SHORT = scene(policy=policy(inactivity_timeout=60.0), wait=90.0)


def test_a_page_that_ends_while_the_server_goes_on_is_a_defect() -> None:
    played = play(CHECK, FakeApp(page_ends_after=40.0), SHORT)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_a_page_that_ends_with_its_session_passes() -> None:
    assert play(CHECK, FakeApp(page_ends_after=40.0, idle=40.0), SHORT).verdict is Verdict.PASSED


def test_a_server_that_is_a_moment_later_than_the_page_passes() -> None:
    assert play(CHECK, FakeApp(page_ends_after=40.0, idle=44.0), SHORT).verdict is Verdict.PASSED


def test_a_page_that_ends_nothing_itself_has_no_such_thing() -> None:
    assert play(CHECK, FakeApp(idle=60.0), SHORT).verdict is Verdict.INAPPLICABLE


def test_without_the_time_to_see_the_end_it_says_how_long_to_wait() -> None:
    played = play(CHECK, FakeApp(page_ends_after=800.0))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "--wait 950s" in played.message


def test_the_page_is_opened_once_and_then_only_looked_at() -> None:
    played = play(CHECK, FakeApp(page_ends_after=40.0), SHORT)
    looks = [probe for probe in played.probes if isinstance(probe, Observe)]
    assert [bool(probe.exchange or probe.url or probe.back) for probe in looks] == [
        True,
        *[False] * (len(looks) - 1),
    ]
