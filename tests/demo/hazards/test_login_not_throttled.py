from sessionward.demo.hazards.login_not_throttled import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    guesser = trial.guest()
    answers = [await guesser.log_in(password=f"guess number {number}") for number in range(12)]
    trial.clock.now += 30
    assert (await guesser.log_in()).status_code == 303
    return all(answer.status_code == 422 for answer in answers)


async def test_guesses_must_wait_and_the_owner_gets_in_soon() -> None:
    assert not await shown(make_trial())


async def test_uncounted_guesses_are_all_looked_at() -> None:
    assert await shown(make_trial(HAZARD))
