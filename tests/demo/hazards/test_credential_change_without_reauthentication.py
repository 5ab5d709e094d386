from sessionward.demo.hazards.credential_change_without_reauthentication import HAZARD
from tests.demo.trial import NEW_PASSWORD, Trial, make_trial


async def shown(trial: Trial) -> bool:
    thief = trial.guest()
    await thief.log_in()
    await thief.submit("/password", {"new_password": NEW_PASSWORD, "repeat_password": NEW_PASSWORD})
    return (await trial.guest().log_in(password=NEW_PASSWORD)).status_code == 303


async def test_the_password_stays_without_the_current_one() -> None:
    assert not await shown(make_trial())


async def test_being_logged_in_is_enough_to_set_a_password() -> None:
    assert await shown(make_trial(HAZARD))
