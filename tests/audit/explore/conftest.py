"""One server and one browser for all tests of this room that need a real one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from sessionward.audit.browser import Scope, browser
from sessionward.audit.browser.chromium import Chromium
from sessionward.http import Request, Response
from tests.audit.explore.fake_tab import Handler
from tests.audit.explore.served import served


class Stage:
    """The server: answers with the app that a test puts on it. ``start`` is its address."""

    def __init__(self) -> None:
        self.app: Handler = lambda _request: Response(status=404)
        self.start = ""

    def __call__(self, request: Request) -> Response:
        return self.app(request)


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    running = Stage()
    with served(running) as running.start:
        yield running


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def driver(stage: Stage) -> AsyncIterator[Chromium]:
    async with browser(scope=Scope(start=stage.start)) as running:
        yield running
