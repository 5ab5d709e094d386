"""Browsers for ``FakeApp``: a Driver that counts requests, knows its open tabs, and fails on command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sessionward.audit.driver import Heard, Kept, Screen, Sent, TargetUnreachable, WebStorage
from sessionward.http import Cookie, Exchange, Request, Response, parse_set_cookie
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.perform.fake_app import FakeApp


class FakeBrowser(FakeTab):
    """One isolated browser: a cookie jar that obeys Max-Age, web storage, and forged requests."""

    def __init__(self, app: FakeApp, driver: FakeDriver) -> None:
        super().__init__(app)
        self.app, self.driver = app, driver
        self.stored: dict[tuple[str, str], str] = {}
        self.planted: list[Sequence[Cookie]] = []
        self.closed = False
        self.framed: Screen | None = None

    async def look(self) -> Screen:
        return self.framed or await super().look()

    async def go(self, url: str) -> Screen:
        self.framed = None
        await asyncio.sleep(0)
        self.driver.fail("go")
        return await super().go(url)

    async def cookies(self) -> tuple[Cookie, ...]:
        self.driver.fail("cookies")
        return tuple(Cookie(name=name, value=value, http_only=True) for name, value in self.jar.items())

    async def plant(self, cookies: Sequence[Cookie]) -> None:
        self.planted.append(cookies)
        await super().plant(cookies)

    async def plant_storage(self, items: Sequence[tuple[str, str, str]]) -> None:
        self.stored.update({(area, key): value for area, key, value in items})

    async def storage(self) -> WebStorage:
        self.driver.fail("storage")
        items = tuple((area, key, value) for (area, key), value in self.stored.items())
        return WebStorage(cookie="theme=dark", items=items)

    async def forge(self, request: Request, how: str) -> Sent:
        """Every cookie goes along, as with SameSite=None."""
        made = Request(method=request.method, url=request.url, headers=self._cookie(), body=request.body)
        response = self._send(made, navigation=False)
        return Sent(sent=True, status=response.status, cookies=tuple(self.jar))

    async def read_across(self, url: str, origin: str) -> Heard:
        """Every origin may read, with every cookie, where the app is open to them."""
        if self.app.frames != "all":
            return Heard(readable=False, reason="sid was kept back (SameSite)")
        made = Request(method="GET", url=url, headers=(*self._cookie(), ("origin", origin)))
        return Heard(readable=True, body=self._send(made, navigation=False).text, cookies=tuple(self.jar))

    async def lure(self, url: str, origin: str) -> Screen:
        """What the app lets be framed is drawn, with every cookie; to visitors, empty and with none."""
        if self.app.frames == "breaks out":
            return await super().go(url)
        headers = (("x-frame-options", "DENY"),) if self.app.frames == "none" else ()
        visitors = self.app.frames == "visitors"
        asked = Request(method="GET", url=url, headers=() if visitors else self._cookie())
        self.exchanges.append(
            Exchange(request=asked, response=Response(status=200, headers=headers), resource="document")
        )
        drawn = visitors or self.app.frames == "all"
        screen = await super().go(url) if drawn else Screen(url=url, title="", text="")
        elements = tuple(
            replace(element, frame="frame", value="" if visitors else element.value)
            for element in screen.elements
        )
        seen = replace(screen, url=f"{origin}/", elements=elements)
        self.framed = seen if visitors else None
        return seen

    async def screenshot(self, path: Path) -> None:
        self.driver.fail("screenshot")
        await asyncio.to_thread(path.write_bytes, b"\x89PNG")

    async def picture(self, *, private: Sequence[str], harmless: Callable[[str], bool]) -> bytes:
        self.driver.fail("picture")
        return f"{self.jar.get('sid', '')} {' '.join(private)} {harmless('Log out')}".encode()

    async def close(self) -> None:
        self.closed = True
        self.driver.fail("close")

    def _send(self, request: Request, *, navigation: bool) -> Response:
        self.driver.requests += 1
        if self.app.down:
            raise TargetUnreachable("nothing answers at http://app.test/")
        response = self.app(request)
        self.exchanges.append(
            Exchange(request=request, response=response, navigation=navigation, resource="document")
        )
        for key, line in response.headers:
            if key == "set-cookie" and (cookie := parse_set_cookie(line, now=1.0)):
                self.jar.pop(cookie.name, None)
                if cookie.expires is None or cookie.expires > 1:
                    self.jar[cookie.name] = cookie.value
        return response


class FakeDriver:
    """Fulfils ``sessionward.audit.driver.Driver``. ``faults`` are raised by the next call of that name."""

    def __init__(self, app: FakeApp) -> None:
        self.app = app
        self.requests = 0
        self.opened: list[FakeBrowser] = []
        self.faults: dict[str, list[Exception]] = {}

    @property
    def living(self) -> list[FakeBrowser]:
        """The browsers that nobody closed."""
        return [tab for tab in self.opened if not tab.closed]

    def fail(self, name: str) -> None:
        """Raise the next fault of a call, if there is one."""
        if waiting := self.faults.get(name):
            raise waiting.pop(0)

    async def open(self, *, mobile: bool = False) -> FakeBrowser:
        self.fail("open")
        tab = FakeBrowser(self.app, self)
        self.opened.append(tab)
        return tab

    async def fetch(self, request: Request) -> Exchange:
        self.fail("fetch")
        self.requests += 1
        if self.app.down:
            return Exchange(request=request, error="connection refused")
        return Exchange(request=request, response=self.app(request), seconds=0.01)

    async def restarted(self, cookies: Sequence[Cookie], items: Sequence[tuple[str, str, str]]) -> Kept:
        """What lasts: cookies with an end, and local storage."""
        self.fail("restarted")
        lasting = tuple(cookie for cookie in cookies if cookie.persistent)
        return Kept(cookies=lasting, items=tuple(item for item in items if item[0] == "local"))

    async def overheard(self, url: str, cookies: Sequence[Cookie]) -> tuple[str, ...]:
        """Cookies without Secure, below their path."""
        self.fail("overheard")
        path = urlsplit(url).path
        return tuple(cookie.name for cookie in cookies if not cookie.secure and path.startswith(cookie.path))
