from sessionward.demo.hazards.password_change_keeps_sessions import HAZARD
from tests.demo.trial import NEW_PASSWORD, Trial, make_trial


async def shown(trial: Trial) -> bool:
    owner, thief = trial.guest(), trial.guest()
    await owner.log_in()
    await thief.log_in()
    token, script_token = thief.token, await thief.api_token()
    await owner.change_password()
    assert await owner.sees()
    assert (await trial.guest().log_in(password=NEW_PASSWORD)).status_code == 303
    assert (await trial.guest().log_in()).status_code == 422
    return await trial.guest(session=token).sees() or await trial.shows_by_bearer(script_token, "/api/me")


async def test_a_new_password_ends_the_other_sessions() -> None:
    assert not await shown(make_trial())


async def test_a_password_change_that_only_stores_it_leaves_them_open() -> None:
    assert await shown(make_trial(HAZARD))
