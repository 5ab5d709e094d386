from sessionward.demo.hazards.login_csrf import HAZARD
from sessionward.demo.sample_people import BEN
from tests.demo.trial import Trial, make_trial


async def shown(trial: Trial) -> bool:
    """Whether another site's form logs a visitor in to an account of its choice. Lax sends no cookie with it."""
    victim = trial.guest()
    fields = {"username": BEN.email, "password": BEN.password}
    await victim.post("/login", fields, {"origin": "https://elsewhere.test"})
    return await victim.sees(BEN)


async def test_another_site_cannot_log_a_visitor_in() -> None:
    assert not await shown(make_trial())


async def test_a_login_form_without_a_token_can_be_sent_from_another_site() -> None:
    assert await shown(make_trial(HAZARD))
