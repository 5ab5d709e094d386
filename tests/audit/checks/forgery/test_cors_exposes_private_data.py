from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.forgery.cors_exposes_private_data import CHECK
from sessionward.audit.observation import Answer
from sessionward.audit.probe import Probe, ReadAcross, Replay, foreign_origin
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.fake_form import FakeForm
from tests.audit.checks.scenes import API, SCENE, START, TRADED, scene
from tests.audit.checks.transcript import Played, play

EVERY = frozenset(foreign_origin(START, kind) for kind in ("other", "lookalike", "null", "sibling"))


class Granting(FakeApp):
    """Says to these origins that they may read with cookies."""

    grants: frozenset[str] = frozenset()
    credentials: str = "true"

    def answer(self, probe: Probe[Any]) -> Any:
        """As the app does, with the headers."""
        result = super().answer(probe)
        origin = probe.exchange.request.header("origin") if isinstance(probe, Replay) else None
        if not isinstance(result, Answer) or origin not in self.grants or result.exchange.response is None:
            return result
        headers = (
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Allow-Credentials", self.credentials),
        )
        response = replace(result.exchange.response, headers=headers)
        return replace(result, exchange=replace(result.exchange, response=response))


def judged(grants: frozenset[str], heard: frozenset[str], credentials: str = "true") -> Played:
    app = Granting(form=FakeForm(heard=heard))
    app.grants, app.credentials = grants, credentials
    return play(CHECK, app)


def test_a_script_of_another_site_that_reads_the_markers_is_a_defect() -> None:
    played = judged(EVERY, frozenset({"other"}))
    assert (played.verdict, played.confidence, played.severity) == (
        Verdict.FAILED,
        Confidence.CONFIRMED,
        None,
    )


@pytest.mark.parametrize("kind, told", [("lookalike", "whose name begins"), ("null", "without an origin")])
def test_leave_for_a_look_alike_or_for_null_alone_is_found(kind: Any, told: str) -> None:
    played = judged(frozenset({foreign_origin(START, kind)}), frozenset({kind}))
    assert played.verdict is Verdict.FAILED
    assert told in played.message


def test_leave_that_only_samesite_renders_useless_is_shown_within_the_site() -> None:
    played = judged(EVERY, frozenset({"sibling"}))
    assert (played.verdict, played.severity) == (Verdict.FAILED, Severity.MEDIUM)
    assert "another port of the app's host" in played.message


def test_leave_that_could_be_used_by_nobody_is_a_sign_only() -> None:
    played = judged(EVERY, frozenset())
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)


def test_an_app_that_gives_no_leave_passes_and_a_browser_tried() -> None:
    played = judged(frozenset(), frozenset())
    assert played.verdict is Verdict.PASSED
    assert played.asked(ReadAcross) == 1


def test_leave_to_read_without_cookies_passes() -> None:
    assert judged(EVERY, frozenset(), credentials="").verdict is Verdict.PASSED


def test_data_that_only_a_header_opens_are_out_of_reach() -> None:
    assert play(CHECK, scene=scene(private=(API,))).verdict is Verdict.INAPPLICABLE


def test_a_browser_that_lost_the_account_shows_nothing() -> None:
    def down(probe: Probe[Any]) -> int:
        return 503 if probe.control else 0

    broken: Callable[[Probe[Any]], int] = down
    assert play(CHECK, FakeApp(breaks=broken), SCENE).verdict is Verdict.INCONCLUSIVE


def test_a_cookie_that_is_traded_for_a_token_is_not_tried_and_it_says_so() -> None:
    played = play(CHECK, scene=scene(private=(API,), renewing=(TRADED,)))
    assert played.verdict is Verdict.INCONCLUSIVE
    assert "cookie sid is traded for a token" in played.message
