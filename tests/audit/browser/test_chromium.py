import os
import signal
import subprocess
from pathlib import Path

import pytest

from sessionward.audit.browser import Scope, browser
from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.driver import Driver, DriverError, Tab
from sessionward.http import Request
from tests.audit.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_it_is_a_driver_of_tabs(driver: Chromium) -> None:
    as_driver: Driver = driver
    tab: Tab = await as_driver.open()
    await tab.close()
    assert as_driver.requests >= 0


async def test_requests_of_tabs_and_beside_them_are_counted(driver: Chromium, site: Site) -> None:
    before = driver.requests
    tab = await driver.open()
    await tab.go(site.page("<img src=/counted.png>"))
    await tab.close()
    await driver.fetch(Request(method="GET", url=f"{site.origin}/counted"))
    assert driver.requests == before + 3


async def test_a_phone_is_small_and_says_so(driver: Chromium, site: Site) -> None:
    tab = await driver.open(mobile=True)
    await tab.go(
        site.page(
            "<meta name=viewport content='width=device-width'><script>document.title = innerWidth</script>"
        )
    )
    assert (await tab.look()).title == "390"
    assert "Mobile" in site.hits[-1].headers["user-agent"]
    await tab.close()


async def test_it_does_not_give_itself_away_as_headless(driver: Chromium, site: Site) -> None:
    tab = await driver.open()
    await tab.go(f"{site.origin}/who")
    assert "Headless" not in site.at("/who")[-1].headers["user-agent"]
    await tab.close()


async def test_a_browser_that_does_not_start_is_told(tmp_path: Path) -> None:
    program = tmp_path / "broken"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(DriverError, match=r"broken does not start .*playwright install chromium"):
        async with browser(scope=Scope(start="http://127.0.0.1:1"), program=program):
            pass


def children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    own = [int(line) for line in listed.stdout.split()]
    return own + [child for parent in own for child in children(parent)]


async def test_a_browser_that_is_killed_is_told_and_closes_well(site: Site) -> None:
    before = set(children(os.getpid()))
    async with browser(scope=Scope(start=site.origin)) as driver:
        tab = await driver.open()
        url = site.page("<p>x</p>")
        await tab.go(url)
        for child in set(children(os.getpid())) - before:
            if "--type=" not in _command(child) and "--remote-debugging" in _command(child):
                os.kill(child, signal.SIGKILL)
        with pytest.raises(DriverError, match="may have crashed"):
            await tab.go(url)
        with pytest.raises(DriverError, match="may have crashed"):
            await driver.open()
        await tab.close()


def _command(pid: int) -> str:
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_text(encoding="utf-8").replace("\0", " ") if path.exists() else ""
