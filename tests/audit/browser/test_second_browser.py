import time

import pytest

from sessionward.audit.browser.chromium import Chromium
from sessionward.http import Cookie

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_restart_leaves_what_has_an_end_and_what_lies_in_local_storage(driver: Chromium) -> None:
    expires = float(int(time.time()) + 3600)
    cookies = (Cookie(name="session", value="1"), Cookie(name="lasting", value="2", expires=expires))
    kept = await driver.restarted(cookies, (("local", "k", "v"), ("session", "s", "x")))
    assert [cookie.name for cookie in kept.cookies] == ["lasting"]
    assert kept.items == (("local", "k", "v"),)


async def test_what_goes_over_the_line_is_read_and_nobody_else_is_asked(driver: Chromium) -> None:
    made = driver.requests
    cookies = (Cookie(name="bare", value="1"), Cookie(name="deep", value="2", path="/only"))
    assert await driver.overheard("http://127.0.0.1/", cookies) == ("bare",)
    assert set(await driver.overheard("http://127.0.0.1/only/", cookies)) == {"bare", "deep"}
    assert driver.requests == made
