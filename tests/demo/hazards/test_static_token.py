from sessionward.demo.hazards.static_token import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    guest = trial.guest()
    await guest.log_in()
    first = guest.token
    assert await guest.sees()
    await guest.log_out()
    await guest.log_in()
    return guest.token == first and await trial.guest(session=first).sees()


async def test_every_login_gives_another_token() -> None:
    assert not await shown(make_trial())


async def test_a_login_after_a_logout_gives_the_same_token() -> None:
    assert await shown(make_trial(HAZARD))
