import pytest

from sessionward.demo.hazards.jwt_expiry_not_enforced import HAZARD
from tests.demo.forging import says
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    guest = trial.guest()
    await guest.log_in()
    claims = says(guest.token or "")
    trial.clock.now += claims.get("exp", 0) - claims.get("iat", 0) + 121
    return bool(claims) and await trial.guest(session=guest.token).sees()


async def test_no_web_token_is_taken_after_its_end() -> None:
    assert not await shown(make_trial())


async def test_a_web_token_is_taken_two_minutes_after_its_end() -> None:
    assert await shown(make_trial(HAZARD))


async def test_the_end_that_is_passed_is_the_one_that_the_token_states(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trial = make_trial(HAZARD)
    guest = trial.guest()
    await guest.log_in()
    monkeypatch.setattr("time.time", lambda: says(guest.token or "")["exp"] + 121)
    assert await guest.sees()
