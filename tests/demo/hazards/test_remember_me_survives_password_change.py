from sessionward.demo.hazards.remember_me_survives_password_change import HAZARD
from tests.demo.trial import NEW_PASSWORD, Trial, make_trial


async def shown(trial: Trial) -> bool:
    owner, thief, other = trial.guest(), trial.guest(), trial.guest()
    await other.log_in(remember=True)
    assert await trial.guest(remember=other.remembered).sees()
    await thief.log_in(remember=True)
    await owner.log_in()
    await owner.change_password()
    assert (await trial.guest().log_in(password=NEW_PASSWORD)).status_code == 303
    return await trial.guest(remember=thief.remembered).sees()


async def test_a_new_password_ends_the_remembered_logins() -> None:
    assert not await shown(make_trial())


async def test_a_password_change_that_forgets_them_leaves_them_good() -> None:
    assert await shown(make_trial(HAZARD))
