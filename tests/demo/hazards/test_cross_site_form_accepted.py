import pytest
from playwright.async_api import Browser

from sessionward.demo.hazard import Hazard, with_hazards
from sessionward.demo.hazards.cross_site_form_accepted import HAZARD
from sessionward.demo.sample_people import ANA
from sessionward.demo.server import serving
from tests.demo.trial import Trial, make_settings, make_trial

FORGED = {"name": "Ana Forged", "phone": "1", "address": "Elsewhere 1", "emergency_contact": "nobody"}


async def shown(trial: Trial) -> bool:
    """Whether another site's form changes the profile of whoever is logged in."""
    victim = trial.guest()
    await victim.log_in()
    await victim.from_elsewhere("/profile", FORGED)
    return "Ana Forged" in (await victim.get("/profile")).text


async def test_another_sites_form_changes_nothing() -> None:
    assert not await shown(make_trial())


async def test_another_sites_form_changes_the_profile() -> None:
    assert await shown(make_trial(HAZARD))


async def test_the_exempted_forms_are_all_that_other_sites_can_send() -> None:
    victim = make_trial(HAZARD).guest()
    await victim.log_in()
    assert (await victim.from_elsewhere("/history", {"sleep": "badly"})).status_code == 403
    await victim.from_elsewhere("/logout", {})
    assert await victim.sees()


@pytest.mark.browser
@pytest.mark.parametrize("hazards,changed", [((), False), ((HAZARD,), True)])
async def test_in_a_browser_a_form_of_another_site_changes_the_profile(
    browser: Browser, hazards: tuple[Hazard, ...], *, changed: bool
) -> None:
    async with serving(with_hazards(make_settings(), hazards)) as url:
        page = await browser.new_page(base_url=url)
        await page.goto("/login")
        await page.fill("#username", ANA.email)
        await page.fill("#password", ANA.password)
        await page.click("main button")
        fields = "".join(f'<input name="{name}" value="{value}">' for name, value in FORGED.items())
        form = f'<form method=post action="{url}/profile">{fields}</form>'
        await page.route(
            "http://elsewhere.test/", lambda route: route.fulfill(content_type="text/html", body=form)
        )
        await page.goto("http://elsewhere.test/")
        async with page.expect_navigation(url=f"{url}/**"):
            await page.evaluate("document.forms[0].submit()")
        await page.goto("/profile")
        assert ("Ana Forged" in await page.content()) is changed
