from sessionward.demo.hazards.token_echoed_in_body import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    guest = trial.guest()
    await guest.log_in()
    assert guest.token
    return guest.token in (await guest.get("/api/me")).text


async def test_no_script_is_told_the_token() -> None:
    assert not await shown(make_trial())


async def test_the_pages_script_is_told_the_token() -> None:
    assert await shown(make_trial(HAZARD))
