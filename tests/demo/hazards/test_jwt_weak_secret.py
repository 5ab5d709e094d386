from sessionward.demo.hazards.jwt_weak_secret import HAZARD
from sessionward.demo.sample_people import BEN
from tests.demo.forging import WORDS, resigned, says, written
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    attacker, other = trial.guest(), trial.guest()
    await attacker.log_in()
    await other.log_in(BEN)
    mine, theirs = attacker.token or "", says(other.token or "")
    key = next((word for word in WORDS if "sub" in theirs and resigned(mine, word) == mine), None)
    if key is None:
        return False
    forged = written(mine, sub=theirs["sub"])
    assert not await trial.guest(session=forged).sees(BEN)
    return await trial.guest(session=resigned(forged, key)).sees(BEN)


async def test_no_word_signs_a_token() -> None:
    assert not await shown(make_trial())


async def test_a_token_signed_with_a_guessed_word_opens_another_account() -> None:
    assert await shown(make_trial(HAZARD))
