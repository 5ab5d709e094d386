from sessionward.demo.hazards.session_survives_browser_restart import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    guest = trial.guest()
    answers = [await guest.get("/login"), await guest.log_in()]
    lines = [line.lower() for answer in answers for line in answer.headers.get_list("set-cookie")]
    assert lines
    return any("max-age" in line or "expires" in line for line in lines)


async def test_the_cookie_goes_with_the_browser() -> None:
    assert not await shown(make_trial())


async def test_the_cookie_outlives_the_browser_and_logging_out_still_takes_it_away() -> None:
    trial = make_trial(HAZARD)
    assert await shown(trial)
    guest = trial.guest()
    await guest.log_in()
    await guest.log_out()
    assert guest.token is None
