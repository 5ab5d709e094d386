from sessionward.demo.hazards.cookie_without_httponly import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    guest = trial.guest()
    answers = [await guest.get("/login"), await guest.log_in(remember=True)]
    cookies = [cookie for answer in answers for cookie in answer.headers.get_list("set-cookie")]
    assert {cookie.split("=")[0].removeprefix("__Host-") for cookie in cookies} >= {"session", "remember"}
    return not all("httponly" in cookie.lower().split("; ") for cookie in cookies)


async def test_scripts_cannot_read_the_cookies() -> None:
    assert not await shown(make_trial())


async def test_the_cookies_lie_open_to_scripts() -> None:
    assert await shown(make_trial(HAZARD))
