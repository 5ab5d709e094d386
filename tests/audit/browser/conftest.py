"""One site and one browser for all tests of this room; a fresh tab for each."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from sessionward.audit.browser import Scope, browser
from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.browser.tab import BrowserTab
from tests.audit.browser.site import Running, Site


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    running = Running()
    yield running.site
    running.stop()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def driver(site: Site) -> AsyncIterator[Chromium]:
    async with browser(scope=Scope(start=site.origin)) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def tab(driver: Chromium) -> AsyncIterator[BrowserTab]:
    fresh = await driver.open()
    yield fresh
    await fresh.close()
