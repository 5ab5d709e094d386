import pytest

from sessionward.audit.check import Confidence, Severity, Verdict
from sessionward.audit.checks.transport.hsts_missing import CHECK
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import scene
from tests.audit.checks.transcript import play

HTTPS = scene(start="https://app.test/")


def app(value: str) -> FakeApp:
    return FakeApp(always=(("Strict-Transport-Security", value),))


def test_an_answer_without_the_header_is_suspected() -> None:
    played = play(CHECK, scene=HTTPS)
    assert (played.verdict, played.confidence) == (Verdict.FAILED, Confidence.SUSPECTED)


@pytest.mark.parametrize("value", ["max-age=31536000", 'includeSubDomains; MAX-AGE="63072000" ; preload'])
def test_a_year_or_more_passes(value: str) -> None:
    assert play(CHECK, app(value), HTTPS).verdict is Verdict.PASSED


@pytest.mark.parametrize("value", ["", "includeSubDomains", "max-age=0", "x-max-age=31536000"])
def test_a_header_that_browsers_ignore_is_suspected(value: str) -> None:
    assert "ignore" in play(CHECK, app(value), HTTPS).message


def test_too_short_a_time_is_a_note() -> None:
    played = play(CHECK, app("max-age=86400"), HTTPS)
    assert (played.verdict, played.severity) == (Verdict.FAILED, Severity.INFO)


def test_over_plain_http_there_is_no_such_thing() -> None:
    assert play(CHECK).verdict is Verdict.INAPPLICABLE
