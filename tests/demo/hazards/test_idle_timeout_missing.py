from sessionward.demo.hazards.idle_timeout_missing import HAZARD
from tests.demo.trial import Trial, make_trial

FIFTEEN_MINUTES = 900


async def shown(trial: Trial) -> bool:
    owner = trial.guest()
    await owner.log_in()
    trial.clock.now += FIFTEEN_MINUTES - 1
    assert await owner.sees()
    trial.clock.now += FIFTEEN_MINUTES
    return await owner.sees()


async def test_an_idle_session_ends_on_time() -> None:
    assert not await shown(make_trial())


async def test_without_the_timeout_an_idle_session_lives_on() -> None:
    assert await shown(make_trial(HAZARD))
