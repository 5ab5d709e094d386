from dataclasses import replace

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.credentials.account_enumeration import CHECK
from sessionward.audit.observation import Reaction
from sessionward.audit.probe import LogIn, TryNames
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import policy, scene
from tests.audit.checks.transcript import play

WRONG = Reaction(status=200, texts=frozenset({"Log in", "Name or password is wrong."}), seconds=0.1)
NOBODY = replace(WRONG, texts=frozenset({"Log in", "No such account."}))


def times(first: float, step: float) -> tuple[Reaction, ...]:
    return tuple(replace(WRONG, seconds=first + step * n) for n in range(5))


def answering(known: tuple[Reaction, ...], unknown: tuple[Reaction, ...]) -> FakeApp:
    return FakeApp(known_names=known, unknown_names=unknown)


def test_names_that_are_answered_alike_pass_and_it_says_what_was_not_tried() -> None:
    played = play(CHECK, answering((WRONG,), (WRONG,)))
    assert played.verdict is Verdict.PASSED
    assert "40 tries" in played.message
    assert "registering was not tried" in played.message
    assert "there is no such form" in played.message


def test_another_message_for_unknown_names_is_a_defect() -> None:
    played = play(CHECK, answering((WRONG,), (NOBODY,)))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)
    assert "Name or password is wrong." in played.message


def test_another_status_for_unknown_names_is_a_defect() -> None:
    played = play(CHECK, answering((WRONG,), (replace(WRONG, status=404),)))
    assert "200 for known names and 404" in played.message


def test_a_text_that_changes_by_chance_is_no_defect() -> None:
    tip = replace(WRONG, texts=WRONG.texts | {"Tip: drink water"})
    assert play(CHECK, answering((WRONG, tip, WRONG), (tip, WRONG, WRONG))).verdict is Verdict.PASSED


def test_known_names_that_take_longer_are_a_defect() -> None:
    played = play(CHECK, answering(times(0.2, 0.002), times(0.1, 0.002)))
    assert played.verdict is Verdict.FAILED
    assert "takes longer" in played.message


def test_times_that_scatter_pass() -> None:
    assert play(CHECK, answering(times(0.1, 0.05), times(0.11, 0.05))).verdict is Verdict.PASSED


def test_an_app_that_holds_off_early_is_told_as_such() -> None:
    held = replace(WRONG, status=429, held_off=True)
    played = play(CHECK, answering((WRONG, WRONG, WRONG, WRONG, held), (WRONG,)))
    assert (played.verdict, "held off" in played.message) == (Verdict.PASSED, True)


def test_an_app_that_holds_off_at_once_is_inconclusive() -> None:
    held = replace(WRONG, status=429, held_off=True)
    assert play(CHECK, answering((held,), (held,))).verdict is Verdict.INCONCLUSIVE


def test_a_login_that_hides_the_name_is_inconclusive() -> None:
    assert play(CHECK, FakeApp(names_fail="no name in the open")).verdict is Verdict.INCONCLUSIVE


def test_where_each_try_needs_a_browser_times_are_not_compared() -> None:
    slow = replace(WRONG, seconds=0.0)
    played = play(CHECK, answering((slow,), (slow,)))
    assert (played.verdict, "each try needs a browser" in played.message) == (Verdict.PASSED, True)
    assert played.asked(TryNames) == 3


def test_known_accounts_are_let_in_after_each_few_wrong_passwords() -> None:
    played = play(CHECK, answering((WRONG,), (WRONG,)), scene(policy=policy(failed_logins=4)))
    rows = [probe for probe in played.probes if isinstance(probe, TryNames) and probe.form == "login"]
    assert max(probe.names.count("owner") for probe in rows) == 2
    assert played.asked(LogIn) >= 2 * (len(rows) - 1)
