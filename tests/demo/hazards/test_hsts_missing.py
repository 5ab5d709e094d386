from sessionward.demo.hazards.hsts_missing import HAZARD
from tests.demo.trial import Trial, make_trial

HEADER = "strict-transport-security"


async def shown(trial: Trial) -> bool:
    return HEADER not in (await trial.guest(scheme="https").get("/login")).headers


async def test_browsers_are_told_to_come_by_https_only() -> None:
    trial = make_trial()
    assert not await shown(trial)
    assert HEADER not in (await trial.guest(scheme="http").get("/login")).headers


async def test_browsers_are_told_nothing() -> None:
    assert await shown(make_trial(HAZARD))
