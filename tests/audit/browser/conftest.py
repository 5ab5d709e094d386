"""One site and one browser for all tests of this room; a fresh tab for each."""

import shutil
import subprocess
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


@pytest.fixture(scope="session")
def secure_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose certificate nobody trusts."""
    program = shutil.which("openssl")
    if not program:
        pytest.skip("openssl is needed to make a certificate")
    path = tmp_path_factory.mktemp("certificate") / "self-signed.pem"
    words = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run([program, *words.split(), "-keyout", path, "-out", path], check=True, capture_output=True)
    running = Running(certificate=path)
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
