from sessionward.session.adapters.purges import INTERVAL, Purges


def test_it_is_time_once_in_ten_minutes() -> None:
    now = 1000.0
    purges = Purges(lambda: now)
    assert [purges.due(), purges.due()] == [True, False]
    now += INTERVAL
    assert [purges.due(), purges.due()] == [True, False]
