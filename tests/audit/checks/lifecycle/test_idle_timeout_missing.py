import pytest

from sessionward.audit.check import Verdict
from sessionward.audit.checks.lifecycle.idle_timeout_missing import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.probe import LogIn, Replay, Wait
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import policy, scene
from tests.audit.checks.transcript import play

SHORT = scene(wait=30.0, policy=policy(inactivity_timeout=10.0))
"""Time enough to see the end of a session that should end after ten seconds."""


def test_a_session_that_never_idles_out_is_a_defect_where_there_was_time_to_see_it() -> None:
    played = play(CHECK, FakeApp(idle=None), SHORT)
    assert played.verdict is Verdict.FAILED
    ((kind, alive, dead),) = played.outcome.timeouts
    assert (kind, dead) == ("inactivity", None)
    assert alive == pytest.approx(13, abs=1)


def test_a_session_that_ends_later_than_the_policy_is_a_defect_by_what_was_seen() -> None:
    played = play(CHECK, FakeApp(idle=20.0), SHORT)
    assert played.verdict is Verdict.FAILED
    assert "13" in played.message


def test_a_session_that_ends_in_time_passes_with_its_bracket() -> None:
    played = play(CHECK, FakeApp(idle=10.0), SHORT)
    assert played.verdict is Verdict.PASSED
    ((_, alive, dead),) = played.outcome.timeouts
    assert alive == pytest.approx(5, abs=0.5)
    assert dead == pytest.approx(13, abs=0.5)


def test_a_session_that_ends_early_passes() -> None:
    assert play(CHECK, FakeApp(idle=3.0), SHORT).verdict is Verdict.PASSED


def test_too_little_time_is_inconclusive_and_says_how_much_it_takes() -> None:
    played = play(CHECK, FakeApp(idle=None))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "--wait 950s" in played.message
    assert played.outcome.timeouts[0][1] == pytest.approx(30, abs=1)


def test_an_early_end_is_seen_even_with_little_time() -> None:
    assert play(CHECK, FakeApp(idle=20.0)).verdict is Verdict.PASSED


def test_each_parked_session_is_looked_at_once_after_the_first_wait() -> None:
    played = play(CHECK, FakeApp(idle=None), SHORT)
    begun = next(n for n, probe in enumerate(played.probes) if isinstance(probe, Wait))
    looks = [p for p in played.probes[begun:] if isinstance(p, Replay) and not p.control]
    assert len(looks) == played.asked(LogIn) == len({look.tokens for look in looks}) == 2


def test_a_session_that_died_of_age_is_no_idle_timeout() -> None:
    played = play(CHECK, FakeApp(idle=None, absolute=12.0), SHORT)
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "used all the time died" in played.message


def test_sessions_that_a_cap_pushed_out_are_not_taken_for_ended() -> None:
    played = play(CHECK, FakeApp(idle=None, cap=2), SHORT)
    assert played.verdict in {Verdict.FAILED, Verdict.INCONCLUSIVE}


def test_a_known_cap_leaves_a_place_for_the_session_kept_for_controls() -> None:
    played = play(CHECK, FakeApp(idle=None, cap=2), scene(wait=30.0, policy=SHORT.policy, session_cap=2))
    assert played.asked(LogIn) == 1
    assert played.verdict is Verdict.FAILED


def test_one_session_at_a_time_cannot_be_compared_with_another() -> None:
    assert play(CHECK, scene=scene(session_cap=1)).verdict is Verdict.INCONCLUSIVE


def test_a_throttle_at_the_end_is_inconclusive() -> None:
    app = FakeApp(breaks=lambda probe: 429 if isinstance(probe, Replay) and not probe.control else 0)
    assert play(CHECK, app, SHORT).verdict is Verdict.INCONCLUSIVE


def test_a_page_that_everybody_sees_is_not_accused() -> None:
    app = FakeApp(idle=None, breaks=lambda probe: 500 if probe.control == Guard.RANDOM else 0)
    assert play(CHECK, app, SHORT).verdict is Verdict.INCONCLUSIVE
