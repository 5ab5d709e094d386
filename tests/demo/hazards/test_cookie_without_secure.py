from sessionward.demo.hazards.cookie_without_secure import HAZARD
from tests.demo.trial import Trial, make_trial

SCHEME = "https"


async def shown(trial: Trial) -> bool:
    answer = await trial.guest(scheme=SCHEME).log_in(remember=True)
    cookies = answer.headers.get_list("set-cookie")
    assert cookies
    return not all("secure" in cookie.lower().split("; ") for cookie in cookies)


async def test_cookies_by_https_are_for_https_alone_and_bound_to_the_host_by_their_name() -> None:
    trial = make_trial()
    assert not await shown(trial)
    answer = await trial.guest(scheme=SCHEME).log_in()
    assert answer.headers["set-cookie"].startswith("__Host-session=")


async def test_cookies_go_along_over_plain_http() -> None:
    assert await shown(make_trial(HAZARD))
