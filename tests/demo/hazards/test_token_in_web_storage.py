import re

import httpx
import pytest
from playwright.async_api import Browser

from sessionward.demo.hazard import Hazard, with_hazards
from sessionward.demo.hazards.token_in_web_storage import HAZARD
from sessionward.demo.sample_people import ANA
from sessionward.demo.server import serving
from tests.demo.trial import Trial, make_settings, make_trial


async def shown(trial: Trial) -> bool:
    """Whether the script that keeps the token writes to web storage."""
    owner = trial.guest()
    await owner.log_in()
    (keeper,) = re.findall(r'<script src="([^"]+keeper[^"]+)"', (await owner.get("/messages")).text)
    source = (await owner.get(keeper)).raise_for_status().text
    return bool(re.search(r"(local|session)Storage\.setItem", source))


async def test_the_script_keeps_its_token_in_memory() -> None:
    assert not await shown(make_trial())


async def test_the_script_writes_its_token_to_storage() -> None:
    assert await shown(make_trial(HAZARD))


@pytest.mark.browser
@pytest.mark.parametrize("hazards,kept", [((), 0), ((HAZARD,), 1)])
async def test_in_a_browser_what_lies_in_web_storage_opens_the_messages(
    browser: Browser, hazards: tuple[Hazard, ...], kept: int
) -> None:
    async with serving(with_hazards(make_settings(), hazards)) as url:
        page = await browser.new_page(base_url=url)
        await page.goto("/login")
        await page.fill("#username", ANA.email)
        await page.fill("#password", ANA.password)
        await page.click("main button")
        await page.goto("/messages")
        await page.wait_for_selector("[data-fill=messages] h2")
        stored: list[str] = await page.evaluate("Object.values(localStorage)")
        assert len(stored) == kept
        async with httpx.AsyncClient(base_url=url) as http:
            for token in stored:
                answer = await http.get("/api/messages", headers={"authorization": f"Bearer {token}"})
                assert ANA.messages[0].text in answer.text
