from sessionward.session.adapters.purges import INTERVAL, Purges


def test_it_is_time_once_in_ten_minutes() -> None:
    purges = Purges()
    assert [purges.due(1000.0), purges.due(1000.0 + INTERVAL / 2)] == [True, False]
    assert [purges.due(1000.0 + INTERVAL), purges.due(1000.0 + INTERVAL)] == [True, False]
