"""A real browser for the tests that need one."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """The browser that SESSIONWARD_BROWSER names, one on the path, or Playwright's own."""
    found = os.environ.get("SESSIONWARD_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=found, args=[*QUIET, *sandbox])
        try:
            yield started
        finally:
            await started.close()
