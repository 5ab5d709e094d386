"""How long an app asks us to wait."""

import time
from email.utils import formatdate

import pytest

from sessionward.audit.perform.holding_off import asked_pause, was_one_too_many
from sessionward.http import Exchange, Request, Response


def pause(*headers: tuple[str, str]) -> float:
    return asked_pause(Response(status=429, headers=headers), usual=7.0)


@pytest.mark.parametrize(
    "headers,seconds",
    [
        ((("Retry-After", "30"),), 30.0),
        ((("Retry-After", "30"), ("X-RateLimit-Reset", "50")), 30.0),
        ((("RateLimit-Reset", "12"),), 12.0),
        ((("X-RateLimit-Reset", "0"),), 0.0),
        ((("Retry-After", "soon"),), 7.0),
        ((), 7.0),
    ],
)
def test_what_the_headers_say_counts(headers: tuple[tuple[str, str], ...], seconds: float) -> None:
    assert pause(*headers) == seconds


def test_a_moment_is_counted_from_now() -> None:
    in_a_minute = time.time() + 60
    assert pause(("X-RateLimit-Reset", str(int(in_a_minute)))) == pytest.approx(60, abs=2)
    assert pause(("Retry-After", formatdate(in_a_minute, usegmt=True))) == pytest.approx(60, abs=2)


def test_a_moment_that_has_passed_is_now() -> None:
    assert pause(("Retry-After", formatdate(time.time() - 60, usegmt=True))) == 0.0


def test_without_an_answer_the_usual_time_passes() -> None:
    assert asked_pause(None, usual=7.0) == 7.0


def made(method: str, status: int) -> Exchange:
    return Exchange(request=Request(method=method, url="http://app.test/"), response=Response(status=status))


def test_a_login_was_one_too_many_where_its_form_says_so_whatever_the_page_loads_then() -> None:
    assert was_one_too_many((made("POST", 401), made("POST", 429), made("GET", 200)))
    assert not was_one_too_many((made("POST", 429), made("POST", 401)))
    assert not was_one_too_many((made("GET", 429),))
    assert not was_one_too_many(())
