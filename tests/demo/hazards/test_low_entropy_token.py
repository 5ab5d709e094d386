import math

from sessionward.demo.hazards.low_entropy_token import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    tokens = []
    for _ in range(5):
        guest = trial.guest()
        await guest.log_in()
        tokens.append(guest.token or "")
        assert await trial.guest(session=tokens[-1]).sees()
    if len(set(tokens)) < len(tokens):  # they say too little of what changes in them
        return False
    alphabet = {letter for token in tokens for letter in token}
    changing = sum(len(set(letters)) > 1 for letters in zip(*tokens, strict=False))
    return changing * math.log2(len(alphabet)) < 64


async def test_a_token_has_more_than_64_bits() -> None:
    assert not await shown(make_trial())


async def test_a_token_has_too_few_bits() -> None:
    assert await shown(make_trial(HAZARD))
