from pathlib import Path

import pytest

from sessionward.audit.browser.own_login import load
from sessionward.audit.browser.tab import BrowserTab
from sessionward.audit.driver import DriverError
from tests.audit.browser.site import Site

GOOD = """
async def login(page, account):
    await page.evaluate("who => { document.title = who }", account.username + " " + str(await account.code()))
"""


async def no_code() -> str | None:
    return None


ACCOUNT = {"username": "ana", "password": "hunter2-secret", "code": no_code}


def script(directory: Path, text: str) -> Path:
    path = directory / "login.py"
    path.write_text(text)
    return path


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_the_script_acts_on_the_page(tab: BrowserTab, site: Site, tmp_path: Path) -> None:
    await tab.go(site.page("<p>odd login</p>"))
    await tab.run(script(tmp_path, GOOD), ACCOUNT)
    assert (await tab.look()).title == "ana None"


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_a_failing_script_is_told_in_one_line_without_the_password(
    tab: BrowserTab, site: Site, tmp_path: Path
) -> None:
    await tab.go(site.page("<p>odd login</p>"))
    text = "async def login(page, account):\n    raise ValueError('no field for ' + account.password + '\\nmore')"
    with pytest.raises(
        DriverError, match=r"login\.py failed: ValueError: no field for ‹password›"
    ) as failure:
        await tab.run(script(tmp_path, text), ACCOUNT)
    assert "hunter2" not in str(failure.value)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize(
    "text,says",
    [("def (", "SyntaxError"), ("x = 1", "has no"), ("import none_such_module", "ModuleNotFoundError")],
)
def test_a_script_that_cannot_be_used_is_told(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DriverError, match=says):
        load(script(tmp_path, text))
