from typing import Any

from sessionward.audit.check import Confidence, Verdict
from sessionward.audit.checks.transport.session_survives_browser_restart import CHECK
from sessionward.audit.experiment import Guard
from sessionward.audit.observation import Answer
from sessionward.audit.probe import LogIn, Restart, Visit
from sessionward.http import Exchange
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import ORACLE, SID
from tests.audit.checks.transcript import play


def test_a_browser_that_is_logged_in_after_a_restart_is_a_defect() -> None:
    played = play(CHECK, FakeApp(restart_keeps=frozenset({SID})))
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.CONFIRMED)


def test_a_browser_that_forgot_the_session_passes() -> None:
    assert play(CHECK).verdict is Verdict.PASSED


def test_nobody_asks_to_be_remembered_for_it() -> None:
    assert not any(probe.remember for probe in play(CHECK).probes if isinstance(probe, LogIn))


def test_a_session_that_had_ended_meanwhile_is_not_taken_for_a_forgetful_browser() -> None:
    class Ending(FakeApp):
        def look_at(self, probe: object) -> object:
            if isinstance(probe, Restart):
                for live in self.lives:
                    self.end(live)
            return super().look_at(probe)

    assert play(CHECK, Ending()).verdict is Verdict.INCONCLUSIVE


def test_a_lost_control_is_inconclusive() -> None:
    def down(probe: object) -> int:
        return 500 if getattr(probe, "control", "") == Guard.OTHER else 0

    app = FakeApp(restart_keeps=frozenset({SID}), breaks=down)
    assert play(CHECK, app).verdict is Verdict.INCONCLUSIVE


def test_a_page_whose_script_is_slow_to_ask_is_opened_again() -> None:
    class Slow(FakeApp):
        visited = 0

        def answer(self, probe: Any) -> Any:
            if isinstance(probe, Visit):
                self.visited += 1
                if self.visited == 1:
                    return Answer(exchange=Exchange(request=ORACLE.request), shows="nobody")
            return super().answer(probe)

    app = Slow(restart_keeps=frozenset({SID}))
    assert play(CHECK, app).verdict is Verdict.FAILED
