import pytest
from playwright.async_api import Browser

from sessionward.demo.hazard import Hazard, with_hazards
from sessionward.demo.hazards.logout_forgeable import HAZARD
from sessionward.demo.sample_people import ANA
from sessionward.demo.server import serving
from tests.demo.trial import NAVIGATION, Trial, make_settings, make_trial


async def shown(trial: Trial) -> bool:
    """Whether following a link from another site logs out. SameSite=Lax lets the cookie go along."""
    owner = trial.guest()
    await owner.log_in()
    elsewhere = {"referer": "https://elsewhere.test/", "sec-fetch-site": "cross-site"}
    await owner.get("/logout", elsewhere | NAVIGATION)
    await owner.post("/logout", {}, {"origin": "https://elsewhere.test"})
    return not await owner.sees()


async def test_another_site_cannot_log_out() -> None:
    assert not await shown(make_trial())


async def test_a_logout_link_works_from_another_site() -> None:
    assert await shown(make_trial(HAZARD))


@pytest.mark.browser
@pytest.mark.parametrize("hazards,logged_out", [((), False), ((HAZARD,), True)])
async def test_in_a_browser_a_link_of_another_site_logs_out(
    browser: Browser, hazards: tuple[Hazard, ...], *, logged_out: bool
) -> None:
    async with serving(with_hazards(make_settings(), hazards)) as url:
        page = await browser.new_page(base_url=url)
        await page.goto("/login")
        await page.fill("#username", ANA.email)
        await page.fill("#password", ANA.password)
        await page.click("main button")
        link = f'<a href="{url}/logout">a picture of a cat</a>'
        await page.route(
            "http://elsewhere.test/", lambda route: route.fulfill(content_type="text/html", body=link)
        )
        await page.goto("http://elsewhere.test/")
        async with page.expect_navigation(url=f"{url}/**"):
            await page.click("a")
        await page.goto("/profile")
        assert (ANA.phone not in await page.content()) is logged_out
