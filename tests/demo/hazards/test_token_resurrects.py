from sessionward.demo.hazards.token_resurrects import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    owner = trial.guest()
    await owner.log_in()
    first = owner.token
    await owner.log_out()
    await owner.log_in()
    assert await owner.sees()
    return owner.token != first and await trial.guest(session=first).sees()


async def test_the_next_login_leaves_the_dead_token_dead() -> None:
    assert not await shown(make_trial())


async def test_a_login_that_takes_up_old_sessions_revives_the_token() -> None:
    assert await shown(make_trial(HAZARD))
