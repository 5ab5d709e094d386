from sessionward.demo.hazards.jwt_signature_not_verified import HAZARD
from sessionward.demo.sample_people import BEN
from tests.demo.forging import says, written
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    attacker, other = trial.guest(), trial.guest()
    await attacker.log_in()
    await other.log_in(BEN)
    mine, theirs = attacker.token or "", says(other.token or "")
    return "sub" in theirs and await trial.guest(session=written(mine, sub=theirs["sub"])).sees(BEN)


async def test_no_rewritten_token_opens_another_account() -> None:
    assert not await shown(make_trial())


async def test_a_token_with_another_subject_and_its_old_signature_opens_that_account() -> None:
    assert await shown(make_trial(HAZARD))


async def test_a_token_without_a_living_session_opens_nothing() -> None:
    trial = make_trial(HAZARD)
    guest = trial.guest()
    await guest.log_in()
    token = guest.token or ""
    assert not await trial.guest(session=written(token, jti="0" * 32)).sees()
    await guest.log_out()
    assert not await trial.guest(session=token).sees()
