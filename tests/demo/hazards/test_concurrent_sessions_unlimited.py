from sessionward.demo.hazards.concurrent_sessions_unlimited import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    guests = [trial.guest() for _ in range(6)]
    for guest in guests:
        await guest.log_in()
        trial.clock.now += 1
    alive = [await guest.sees() for guest in guests]
    assert all(alive[1:])
    return alive[0]


async def test_the_sixth_login_ends_the_oldest() -> None:
    assert not await shown(make_trial())


async def test_without_a_limit_the_oldest_goes_on() -> None:
    assert await shown(make_trial(HAZARD))
