import base64
import json

from sessionward.demo.hazards.default_signing_key import HAZARD
from sessionward.demo.sample_people import BEN
from tests.demo.forging import WORDS, concatenated, part
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    attacker, other = trial.guest(), trial.guest()
    await attacker.log_in()
    await other.log_in(BEN)
    mine, theirs = (guest.token or "" for guest in (attacker, other))
    signed, _, signature = mine.rpartition(".")
    key = next((word for word in WORDS if concatenated(signed, word) == signature), None)
    if key is None:
        return False
    payload, _, moment = signed.partition(".")
    user = json.loads(base64.urlsafe_b64decode(theirs.partition(".")[0] + "=="))["user"]
    told = json.loads(base64.urlsafe_b64decode(payload + "==")) | {"user": user}
    forged = f"{part(json.dumps(told).encode())}.{moment}"
    assert not await trial.guest(session=f"{forged}.{signature}").sees(BEN)
    return await trial.guest(session=f"{forged}.{concatenated(forged, key)}").sees(BEN)


async def test_no_known_key_signs_the_cookie() -> None:
    assert not await shown(make_trial())


async def test_a_cookie_signed_with_the_key_of_the_example_settings_opens_another_account() -> None:
    assert await shown(make_trial(HAZARD))
