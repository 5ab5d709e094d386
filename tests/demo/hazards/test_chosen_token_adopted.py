from sessionward.demo.hazards.chosen_token_adopted import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    chosen = "Q" * 43
    victim = trial.guest(session=chosen)
    await victim.log_in()
    assert await victim.sees()
    return await trial.guest(session=chosen).sees()


async def test_a_made_up_token_opens_nothing() -> None:
    assert not await shown(make_trial())


async def test_an_adopted_token_lets_its_maker_in() -> None:
    assert await shown(make_trial(HAZARD))
