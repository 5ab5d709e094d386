from sessionward.demo.hazards.state_change_by_get import HAZARD
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether following another site's link cancels an appointment. SameSite=Lax lets the cookie go along."""
    victim = trial.guest()
    await victim.log_in()
    (slot,) = [each["id"] for each in (await victim.get("/api/appointments")).json()]
    await victim.from_elsewhere(f"/appointments/{slot}/cancel")
    return (await victim.get("/api/appointments")).text == "[]"


async def test_a_link_cancels_nothing() -> None:
    assert not await shown(make_trial())


async def test_a_link_cancels_an_appointment() -> None:
    assert await shown(make_trial(HAZARD))


async def test_the_page_shows_the_link_instead_of_a_button() -> None:
    guest = make_trial(HAZARD).guest()
    await guest.log_in()
    (slot,) = [each["id"] for each in (await guest.get("/api/appointments")).json()]
    assert f"/appointments/{slot}/cancel" in await guest.links("/appointments")
