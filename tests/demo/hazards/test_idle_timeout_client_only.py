from sessionward.demo.hazards.idle_timeout_client_only import HAZARD
from tests.demo.trial import Trial, make_trial

AWAY = 16 * 60


async def shown(trial: Trial) -> bool:
    """Whether the page has a timer of its own and the server goes on after that."""
    guest = trial.guest()
    await guest.log_in()
    timed = "idle-timer" in (await guest.get("/overview")).text
    trial.clock.now += AWAY
    return timed and await guest.sees()


async def test_an_idle_session_is_over_on_the_server() -> None:
    trial = make_trial()
    assert not await shown(trial)
    guest = trial.guest()
    await guest.log_in()
    assert "idle-timer" not in (await guest.get("/overview")).text


async def test_only_the_page_knows_of_the_end() -> None:
    trial = make_trial(HAZARD)
    assert await shown(trial)
    guest = trial.guest()
    await guest.log_in()
    assert 'data-seconds="900.0"' in (await guest.get("/overview")).text
