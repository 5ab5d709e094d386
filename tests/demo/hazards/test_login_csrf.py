import pytest
from playwright.async_api import Browser

from sessionward.demo.hazard import Hazard, with_hazards
from sessionward.demo.hazards.login_csrf import HAZARD
from sessionward.demo.sample_people import BEN
from sessionward.demo.server import serving
from tests.demo.trial import Trial, make_settings, make_trial


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


@pytest.mark.browser
@pytest.mark.parametrize("hazards,logged_in", [((), False), ((HAZARD,), True)])
async def test_in_a_browser_a_form_of_another_site_logs_in(
    browser: Browser, hazards: tuple[Hazard, ...], *, logged_in: bool
) -> None:
    async with serving(with_hazards(make_settings(), hazards)) as url:
        form = (
            f'<form method=post action="{url}/login"><input name=username value="{BEN.email}">'
            f'<input name=password value="{BEN.password}"></form>'
        )
        page = await browser.new_page(base_url=url)
        await page.route(
            "http://elsewhere.test/", lambda route: route.fulfill(content_type="text/html", body=form)
        )
        await page.goto("http://elsewhere.test/")
        async with page.expect_navigation(url=f"{url}/**"):
            await page.evaluate("document.forms[0].submit()")
        await page.goto("/profile")
        assert (BEN.phone in await page.content()) is logged_in
