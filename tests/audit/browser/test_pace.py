import time

from sessionward.audit.browser.pace import Pace


async def test_without_a_rate_nobody_waits() -> None:
    pace = Pace()
    for _ in range(1000):
        pace.count()
    before = time.monotonic()
    await pace.turn()
    assert time.monotonic() - before < 0.05
    assert pace.made == 1000


async def test_a_burst_is_paid_for_by_the_next_action() -> None:
    pace = Pace(rate=50)
    for _ in range(5):
        pace.count()
    before = time.monotonic()
    await pace.turn()
    assert 0.05 < time.monotonic() - before < 0.5
