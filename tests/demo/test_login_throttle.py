import pytest

from sessionward.demo.login_throttle import FORGOTTEN_AFTER, LONGEST_WAIT, MOST_KEYS, LoginThrottle
from tests.demo.trial import Clock

KEY = ("ana@example.org", "192.0.2.1")


def failing(times: int, clock: Clock, allowed: int | None = 5) -> LoginThrottle:
    throttle = LoginThrottle(allowed, clock)
    for _ in range(times):
        throttle.failed(KEY)
    return throttle


@pytest.mark.parametrize(
    "failures,wait", [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 15), (5000, 15)]
)
def test_the_wait_grows_with_the_failures_up_to_its_longest(failures: int, wait: float) -> None:
    assert failing(failures, Clock()).wait(KEY) == wait <= LONGEST_WAIT


def test_the_wait_runs_out() -> None:
    clock = Clock()
    throttle = failing(6, clock)
    clock.now += 1.5
    assert throttle.wait(KEY) == 0.5
    clock.now += 0.5
    assert throttle.wait(KEY) == 0


@pytest.mark.parametrize("other", [("ben@example.org", KEY[1]), (KEY[0], "192.0.2.2")])
def test_another_account_and_another_client_do_not_wait(other: tuple[str, str]) -> None:
    assert failing(9, Clock()).wait(other) == 0


def test_the_right_password_begins_the_count_anew() -> None:
    throttle = failing(9, Clock())
    throttle.succeeded(KEY)
    throttle.failed(KEY)
    assert throttle.wait(KEY) == 0


def test_old_failures_are_forgotten() -> None:
    clock = Clock()
    throttle = failing(9, clock)
    clock.now += FORGOTTEN_AFTER
    throttle.failed(KEY)
    assert throttle.wait(KEY) == 0


def test_without_a_limit_nobody_waits() -> None:
    assert failing(50, Clock(), None).wait(KEY) == 0


def test_the_oldest_count_makes_room() -> None:
    throttle = failing(9, Clock())
    for number in range(MOST_KEYS):
        throttle.failed((f"made-up-{number}", KEY[1]))
    assert throttle.wait(KEY) == 0
