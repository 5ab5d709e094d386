from sessionward.demo.hazards.token_in_url import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    token = (await trial.guest().log_in()).headers["location"].partition("session=")[2]
    return bool(token) and await trial.guest(session=token).sees()


async def test_a_login_leads_to_a_plain_address() -> None:
    assert not await shown(make_trial())
    assert (await make_trial().guest().log_in()).headers["location"] == "/overview"


async def test_a_login_leads_to_an_address_with_the_token_that_opens_the_account() -> None:
    assert await shown(make_trial(HAZARD))
