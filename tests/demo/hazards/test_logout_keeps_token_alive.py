from sessionward.demo.hazards.logout_keeps_token_alive import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    owner = trial.guest()
    await owner.log_in()
    token = owner.token
    assert await trial.guest(session=token).sees()
    await owner.log_out()
    assert not await owner.sees()
    return await trial.guest(session=token).sees()


async def test_the_token_dies_with_the_logout() -> None:
    assert not await shown(make_trial())


async def test_a_logout_in_the_browser_alone_leaves_the_token_good() -> None:
    assert await shown(make_trial(HAZARD))
