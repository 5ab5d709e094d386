from sessionward.demo.hazards.absolute_timeout_missing import HAZARD
from tests.demo.trial import Trial, make_trial

TEN_MINUTES = 600
TWELVE_HOURS = 12 * 3600


async def shown(trial: Trial) -> bool:
    owner = trial.guest()
    await owner.log_in()
    for _ in range(TWELVE_HOURS // TEN_MINUTES - 1):
        trial.clock.now += TEN_MINUTES
        assert await owner.sees()
    trial.clock.now += TEN_MINUTES
    return await owner.sees()


async def test_a_session_in_use_ends_after_its_lifetime() -> None:
    assert not await shown(make_trial())


async def test_without_a_lifetime_a_session_in_use_lives_on() -> None:
    assert await shown(make_trial(HAZARD))
