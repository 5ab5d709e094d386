from sessionward.demo.hazards.polling_defeats_idle_timeout import HAZARD
from tests.demo.trial import Trial, make_trial

MINUTE = 60


async def shown(trial: Trial) -> bool:
    """Whether a page that asks every minute for twenty minutes is logged in then, and one that does not is not."""
    guest, idle = trial.guest(), trial.guest()
    await guest.log_in()
    await idle.log_in()
    for _ in range(20):
        trial.clock.now += MINUTE
        await guest.get("/api/waiting")
    return await guest.sees() and not await idle.sees()


async def test_asking_by_itself_does_not_keep_a_session_alive() -> None:
    assert not await shown(make_trial())


async def test_asking_is_answered_while_the_session_lives() -> None:
    guest = make_trial().guest()
    await guest.log_in()
    assert (await guest.get("/api/waiting")).status_code == 200


async def test_a_page_that_asks_stays_logged_in() -> None:
    assert await shown(make_trial(HAZARD))
