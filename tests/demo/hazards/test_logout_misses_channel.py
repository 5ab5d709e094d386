from sessionward.demo.hazards.logout_misses_channel import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether after the logout the API still opens to the script's token or to the cookie."""
    owner = trial.guest()
    await owner.log_in()
    cookie, token = owner.token, await owner.api_token()
    assert await trial.shows_by_bearer(token, "/api/me")
    assert await trial.shows_by_bearer(token, "/api/messages")
    await owner.log_out()
    by_cookie = await trial.guest(session=cookie).sees(path="/api/me")
    return by_cookie or await trial.shows_by_bearer(token, "/api/messages")


async def test_the_logout_closes_the_api_as_well() -> None:
    assert not await shown(make_trial())


async def test_a_logout_that_forgets_the_api_leaves_its_token_good() -> None:
    assert await shown(make_trial(HAZARD))
