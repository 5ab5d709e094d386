from sessionward.demo.hazards.remember_me_survives_logout import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    owner, other = trial.guest(), trial.guest()
    await other.log_in(remember=True)
    assert await trial.guest(remember=other.remembered).sees()
    await owner.log_in(remember=True)
    remembered = owner.remembered
    await owner.log_out()
    assert not await owner.sees()
    return await trial.guest(remember=remembered).sees()


async def test_the_remembered_login_dies_with_the_logout() -> None:
    assert not await shown(make_trial())


async def test_a_logout_that_forgets_it_leaves_the_remembered_login_good() -> None:
    assert await shown(make_trial(HAZARD))
