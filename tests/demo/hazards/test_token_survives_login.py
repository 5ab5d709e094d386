from sessionward.demo.hazards.token_survives_login import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    victim = trial.guest()
    await victim.get("/login")
    before = victim.token
    await victim.log_in()
    assert await victim.sees()
    return before is not None and await trial.guest(session=before).sees()


async def test_the_token_from_before_the_login_opens_nothing() -> None:
    assert not await shown(make_trial())


async def test_a_login_that_keeps_the_session_lets_the_planter_in() -> None:
    assert await shown(make_trial(HAZARD))
