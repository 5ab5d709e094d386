import time

from sessionward.session.clock import SteadyClock


def test_a_clock_set_back_stands_still_until_the_wall_clock_has_caught_up() -> None:
    moments = iter([100.0, 101.0, 50.0, 100.5, 102.0])
    clock = SteadyClock(lambda: next(moments))
    assert [clock() for _ in range(4)] == [101.0, 101.0, 101.0, 102.0]


def test_it_tells_the_time_of_day() -> None:
    assert abs(SteadyClock()() - time.time()) < 5
