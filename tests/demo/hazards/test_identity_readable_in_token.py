import base64

from sessionward.demo.hazards.identity_readable_in_token import HAZARD
from sessionward.demo.sample_people import ANA, BEN
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    guest = trial.guest()
    await guest.log_in()
    parts = (guest.token or "").split(".")
    return any(ANA.email.encode() in base64.urlsafe_b64decode(f"{part}==") for part in parts)


async def test_a_token_tells_nothing_of_its_account() -> None:
    assert not await shown(make_trial())


async def test_the_address_of_the_account_can_be_decoded_from_its_token() -> None:
    assert await shown(make_trial(HAZARD))


async def test_rewriting_the_account_in_the_token_opens_nothing() -> None:
    trial = make_trial(HAZARD)
    owner, other = trial.guest(), trial.guest()
    await owner.log_in()
    await other.log_in(BEN)
    told, _, secret = (owner.token or "").partition(".")
    theirs = (other.token or "").partition(".")[0]
    assert await trial.guest(session=f"{told}.{secret}").sees(ANA)
    assert not await trial.guest(session=f"{theirs}.{secret}").sees(BEN)
