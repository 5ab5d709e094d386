import re

import pytest
from playwright.async_api import Browser

from sessionward.demo.hazard import Hazard, with_hazards
from sessionward.demo.hazards.back_button_shows_private_page import HAZARD
from sessionward.demo.sample_people import ANA
from sessionward.demo.server import serving
from tests.demo.trial import Trial, make_settings, make_trial


async def shown(trial: Trial) -> bool:
    """Whether a browser keeps a private page to go back to, and no script of the page has it checked."""
    owner = trial.guest()
    await owner.log_in()
    answer = await owner.get("/profile")
    scripts = re.findall(r'<script src="([^"]+)"', answer.text)
    checks = any(["persisted" in (await owner.get(path)).text for path in scripts])
    return "no-store" not in answer.headers["cache-control"] and not checks


async def test_no_private_page_is_there_to_go_back_to() -> None:
    assert not await shown(make_trial())


async def test_a_private_page_is_kept_and_shown_unchecked() -> None:
    assert await shown(make_trial(HAZARD))


@pytest.mark.browser
@pytest.mark.parametrize("hazards,seen", [((), False), ((HAZARD,), True)])
async def test_in_a_browser_going_back_after_the_logout_shows_the_profile(
    browser: Browser, hazards: tuple[Hazard, ...], *, seen: bool
) -> None:
    async with serving(with_hazards(make_settings(), hazards)) as url:
        page = await browser.new_page(base_url=url)
        await page.goto("/login")
        await page.fill("#username", ANA.email)
        await page.fill("#password", ANA.password)
        await page.click("main button")
        await page.wait_for_url("**/overview")
        await page.goto("/profile")
        await page.click("header button")
        await page.wait_for_url("**/goodbye")
        await page.go_back()
        assert (ANA.phone in await page.content()) is seen
