"""A real browser for proofs that need one."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


@asynccontextmanager
async def real_browser() -> AsyncIterator[Browser]:
    """The browser that SESSIONWARD_BROWSER names, one on the path, or Playwright's own."""
    found = os.environ.get("SESSIONWARD_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    arguments = ["--disable-dev-shm-usage", *([] if os.geteuid() else ["--no-sandbox"])]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=arguments)
        try:
            yield browser
        finally:
            await browser.close()
