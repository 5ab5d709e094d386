from sessionward.demo.hazards.logout_hard_to_find import HAZARD
from tests.demo.trial import Trial, make_trial

PAGES = ("/overview", "/messages", "/records", "/profile")


async def offered(trial: Trial) -> list[str]:
    guest = trial.guest()
    await guest.log_in()
    return [path for path in PAGES if "Log out" in (await guest.get(path)).text]


async def shown(trial: Trial) -> bool:
    return await offered(trial) != list(PAGES)


async def test_every_page_offers_to_log_out() -> None:
    assert await offered(make_trial()) == list(PAGES)


async def test_one_page_offers_to_log_out() -> None:
    assert await offered(make_trial(HAZARD)) == ["/profile"]
