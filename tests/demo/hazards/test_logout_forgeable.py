from sessionward.demo.hazards.logout_forgeable import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether following a link from another site logs out. SameSite=Lax lets the cookie go along."""
    owner = trial.guest()
    await owner.log_in()
    elsewhere = {"referer": "https://elsewhere.test/", "sec-fetch-site": "cross-site"}
    await owner.get("/logout", elsewhere)
    await owner.post("/logout", {}, {"origin": "https://elsewhere.test"})
    return not await owner.sees()


async def test_another_site_cannot_log_out() -> None:
    assert not await shown(make_trial())


async def test_a_logout_link_works_from_another_site() -> None:
    assert await shown(make_trial(HAZARD))
