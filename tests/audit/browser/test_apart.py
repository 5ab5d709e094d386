import asyncio
import os
import sys

import pytest

from sessionward.audit.browser.apart import apart

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there are no process groups")
TELL = "import os; print(os.getsid(0))"


async def told() -> int:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", TELL, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    assert process.returncode == 0
    return int(said)


async def test_what_is_started_apart_is_not_in_our_group() -> None:
    with apart():
        assert await told() != os.getsid(0)


async def test_what_is_started_later_is_with_us_again() -> None:
    with apart():
        pass
    assert await told() == os.getsid(0)
