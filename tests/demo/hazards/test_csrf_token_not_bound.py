import pytest

from sessionward.demo.hazards.csrf_token_not_bound import HAZARD
from sessionward.demo.sample_people import BEN
from tests.demo.trial import Trial, make_trial

CHANGED = {"name": "Ana Changed", "phone": "1", "address": "Elsewhere 1", "emergency_contact": "nobody"}


async def changes(trial: Trial, token: str, origin: str = "") -> bool:
    owner = trial.guest()
    await owner.log_in()
    said = {"origin": origin} if origin else None
    await owner.post("/profile", CHANGED | {"forgery_token": token}, said)
    return CHANGED["name"] in (await owner.get("/profile")).text


async def shown(trial: Trial) -> bool:
    """Whether a form is taken with the token that another account's page showed."""
    other = trial.guest()
    await other.log_in(BEN)
    return await changes(trial, await other.forgery_token("/history"))


async def test_another_accounts_token_does_not_do() -> None:
    assert not await shown(make_trial())


async def test_another_accounts_token_does() -> None:
    assert await shown(make_trial(HAZARD))


async def test_nothing_else_is_asked_than_the_token() -> None:
    trial = make_trial(HAZARD)
    other = trial.guest()
    await other.log_in(BEN)
    assert await changes(trial, await other.forgery_token("/history"), "http://other.test")


@pytest.mark.parametrize("token", ["", "made-up"])
async def test_a_token_is_asked_for_and_compared_all_the_same(token: str) -> None:
    assert not await changes(make_trial(HAZARD), token)
