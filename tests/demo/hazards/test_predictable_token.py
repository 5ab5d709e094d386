import hashlib

from sessionward.demo.hazards.predictable_token import HAZARD
from sessionward.demo.sample_people import BEN
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    attacker, other = trial.guest(), trial.guest()
    await attacker.log_in()

    def token_of(number: int) -> str:
        return hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()

    number = next((number for number in range(1000) if token_of(number) == attacker.token), None)
    await other.log_in(BEN)
    return number is not None and await trial.guest(session=token_of(number + 1)).sees(BEN)


async def test_no_token_follows_from_ones_own() -> None:
    assert not await shown(make_trial())


async def test_the_token_of_the_next_login_is_computed_and_opens_its_account() -> None:
    assert await shown(make_trial(HAZARD))
