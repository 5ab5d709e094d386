import re

import pytest
from playwright.async_api import Browser

from sessionward.demo.hazard import Hazard, with_hazards
from sessionward.demo.hazards.storage_left_after_logout import HAZARD
from sessionward.demo.sample_people import ANA
from sessionward.demo.server import serving
from tests.demo.trial import Trial, make_settings, make_trial


async def shown(trial: Trial) -> bool:
    """Whether a script of the page keeps something in web storage that neither script nor logout takes out."""
    owner = trial.guest()
    await owner.log_in()
    scripts = re.findall(r'<script src="([^"]+)"', (await owner.get("/messages")).text)
    sources = [(await owner.get(path)).raise_for_status().text for path in scripts]
    kept = any(re.search(r"(local|session)Storage\.setItem", source) for source in sources)
    left = await owner.log_out()
    return kept and "storage" not in left.headers.get("clear-site-data", "")


async def test_no_script_leaves_anything_behind() -> None:
    assert not await shown(make_trial())


async def test_what_was_read_is_left_behind() -> None:
    assert await shown(make_trial(HAZARD))


@pytest.mark.browser
@pytest.mark.parametrize("hazards,left", [((), False), ((HAZARD,), True)])
async def test_in_a_browser_the_phone_number_lies_in_storage_after_the_logout(
    browser: Browser, hazards: tuple[Hazard, ...], *, left: bool
) -> None:
    async with serving(with_hazards(make_settings(), hazards)) as url:
        page = await browser.new_page(base_url=url)
        await page.goto("/login")
        await page.fill("#username", ANA.email)
        await page.fill("#password", ANA.password)
        await page.click("main button")
        await page.wait_for_url("**/overview")
        await page.goto(f"/records/{ANA.records[0].id}/print")
        await page.click("header button")
        await page.wait_for_url("**/goodbye")
        kept: str = await page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
        assert (ANA.phone in kept) is left
