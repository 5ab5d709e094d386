from dataclasses import replace

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.lifecycle.polling_defeats_idle_timeout import CHECK
from sessionward.audit.probe import Observe
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import START, policy, scene
from tests.audit.checks.transcript import play

SHORT = scene(policy=policy(inactivity_timeout=60.0), wait=90.0)


def test_a_poll_that_counts_as_use_is_a_defect_and_the_poll_is_named() -> None:
    played = play(CHECK, FakeApp(idle=60.0, polls=True, polls_count=True), SHORT)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "/api/unread" in played.message


def test_polls_that_do_not_count_pass() -> None:
    played = play(CHECK, FakeApp(idle=60.0, polls=True), SHORT)
    assert played.verdict is Verdict.PASSED
    assert "/api/unread" in played.message


def test_pages_that_ask_for_nothing_have_no_such_thing() -> None:
    assert play(CHECK, FakeApp(idle=60.0), SHORT).verdict is Verdict.INAPPLICABLE


def test_where_no_session_ends_there_is_no_end_to_defeat() -> None:
    app = FakeApp(idle=None, polls=True, polls_count=True)
    assert play(CHECK, app, SHORT).verdict is Verdict.INCONCLUSIVE


def test_without_the_time_it_says_how_long_to_wait() -> None:
    played = play(CHECK)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "--wait 951s" in played.message


def test_a_running_consultation_may_hold_its_session_and_is_not_left_open() -> None:
    pages = (f"{START}consultation/7", f"{START}waiting-room", f"{START}letters")
    played = play(CHECK, FakeApp(idle=60.0, polls=True), replace(SHORT, pages=pages))
    opened = [probe.url for probe in played.probes if isinstance(probe, Observe) and probe.url]
    assert opened[0] == f"{START}waiting-room"
    assert f"{START}consultation/7" not in opened


def test_an_app_that_lets_one_session_live_cannot_be_told() -> None:
    app = FakeApp(idle=60.0, cap=1)
    assert play(CHECK, app, replace(SHORT, session_cap=1)).verdict is Verdict.INCONCLUSIVE
