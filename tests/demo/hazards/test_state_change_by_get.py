from sessionward.demo.hazards.state_change_by_get import HAZARD
from sessionward.demo.sample_people import ANA
from tests.demo.trial import Trial, make_trial

SAVING = "/profile?name=Ana+Linked&phone=1&address=Elsewhere+1&emergency_contact=nobody"


async def shown(trial: Trial) -> bool:
    """Whether following another site's links changes anything. SameSite=Lax lets the cookie go along."""
    victim = trial.guest()
    await victim.log_in()
    (slot,) = [each["id"] for each in (await victim.get("/api/appointments")).json()]
    await victim.from_elsewhere(f"/appointments/{slot}/cancel")
    await victim.from_elsewhere(SAVING)
    cancelled = (await victim.get("/api/appointments")).text == "[]"
    renamed = (await victim.get("/api/me")).json()["name"] == "Ana Linked"
    assert cancelled == renamed
    return cancelled


async def test_a_link_changes_nothing() -> None:
    assert not await shown(make_trial())


async def test_a_link_cancels_an_appointment_and_changes_the_profile() -> None:
    assert await shown(make_trial(HAZARD))


async def test_the_page_shows_the_link_instead_of_a_button() -> None:
    guest = make_trial(HAZARD).guest()
    await guest.log_in()
    (slot,) = [each["id"] for each in (await guest.get("/api/appointments")).json()]
    assert f"/appointments/{slot}/cancel" in await guest.links("/appointments")


async def test_an_embedded_picture_changes_nothing_since_the_cookie_stays_at_home() -> None:
    victim = make_trial(HAZARD).guest()
    await victim.log_in()
    await victim.from_elsewhere(SAVING, embedded=True)
    assert (await victim.get("/api/me")).json()["name"] == ANA.name
