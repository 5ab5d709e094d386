import time
from dataclasses import dataclass
from typing import cast

import pytest
from playwright.async_api import Request as Asked

from sessionward.audit.browser.habits import GRACE, Habits, Pending


@dataclass(frozen=True, slots=True, kw_only=True)
class Fake:
    url: str = "http://clinic.test/api"
    method: str = "GET"
    resource_type: str = "xhr"
    post_data_buffer: bytes | None = None


def pending(
    *, age: float = 0, url: str = "http://clinic.test/api", kind: str = "xhr", body: bytes = b""
) -> Pending:
    asked = Fake(url=url, resource_type=kind, post_data_buffer=body, method="POST" if body else "GET")
    return Pending(asked=cast("Asked", asked), started=time.monotonic() - age)


def test_a_new_request_is_awaited() -> None:
    assert Habits().is_awaited(pending())


@pytest.mark.parametrize("kind", ["eventsource", "websocket", "media", "ping"])
def test_what_lasts_as_long_as_the_page_is_not(kind: str) -> None:
    assert not Habits().is_awaited(pending(kind=kind))


@pytest.mark.parametrize(
    "kind,age,expected", [("xhr", 4, True), ("xhr", 6, False), ("script", 6, True), ("script", 16, False)]
)
def test_what_a_page_needs_to_be_drawn_is_awaited_longer(kind: str, age: float, *, expected: bool) -> None:
    assert Habits().is_awaited(pending(kind=kind, age=age)) is expected


def test_a_slow_path_is_awaited_a_little_the_next_time() -> None:
    habits = Habits()
    habits.is_awaited(pending(age=60, url="http://clinic.test/api?since=1"))
    assert habits.is_awaited(pending(url="http://clinic.test/api?since=2"))
    assert not habits.is_awaited(pending(age=GRACE, url="http://clinic.test/api?since=3"))
    assert habits.is_awaited(pending(age=GRACE, url="http://clinic.test/other"))


def test_a_slow_path_that_was_quick_is_believed_again() -> None:
    habits = Habits()
    habits.is_awaited(pending(age=60))
    habits.ended(pending(age=0.1))
    assert habits.is_awaited(pending(age=GRACE))


def test_the_same_request_again_and_again_is_a_poll() -> None:
    habits = Habits()
    habits.learn_polls([pending()] * 4, time.monotonic())
    assert not habits.matters(pending())
    assert habits.matters(pending(url="http://clinic.test/api?page=2"))


def test_many_different_calls_of_one_address_are_no_poll_while_a_page_loads() -> None:
    habits = Habits()
    calls = [pending(body=f"query {number}".encode()) for number in range(20)]
    habits.learn_polls(calls, time.monotonic())
    assert habits.matters(pending(body=b"query 1"))


def test_they_are_when_it_goes_on_for_long() -> None:
    habits = Habits()
    calls = [pending(url=f"http://clinic.test/ping?at={number}") for number in range(20)]
    habits.learn_polls(calls, time.monotonic() - 5)
    assert not habits.matters(pending(url="http://clinic.test/ping?at=99"))
