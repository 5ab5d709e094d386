from sessionward.demo.hazards.duplicate_token import HAZARD
from sessionward.demo.sample_people import ANA, BEN
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    guests = []
    for number in range(8):
        person = BEN if number % 2 else ANA
        guests.append((person, trial.guest()))
        await guests[-1][1].log_in(person)
    return any([await guest.sees(BEN) for person, guest in guests if person is ANA])


async def test_nobody_is_given_the_token_of_somebody_else() -> None:
    assert not await shown(make_trial())


async def test_two_people_are_given_the_same_token() -> None:
    assert await shown(make_trial(HAZARD))
