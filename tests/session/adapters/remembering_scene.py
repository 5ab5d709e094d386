"""A portal on a store that remembers, and what tells which requests were served at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from sessionward.session.adapters.at_once import AtOnce, ServedAtOnce
from sessionward.session.adapters.served import Scope
from sessionward.session.policies import Policies
from sessionward.session.result import Feed, StoreError
from sessionward.session.state import Presented, Session, Value
from sessionward.session.stores.cached_async import AsyncCachedStore
from sessionward.session.stores.memory import MemoryStore
from tests.session.adapters.portal import CLICK, COOKIE, POLICY, Portal

BOUND = 60.0


async def me(browser: httpx.AsyncClient, headers: Any = None, path: str = "/me") -> Any:
    answer = await browser.get(path, headers=headers or CLICK)
    return answer.json() if answer.status_code == 200 else answer.status_code


ANA = {"state": "active", "who": "north/ana", "role": "patient", "data": {"a": "1"}}


class Beneath(MemoryStore):
    """The store proper, which counts who asks, and can be lost or hold what nobody can read."""

    asked = 0
    lost = garbled = False

    def get(self, digest: bytes) -> Session:
        self.asked += 1
        if self.lost:
            raise StoreError("down")
        found = super().get(digest)
        if self.garbled and isinstance(found, Presented):
            return replace(found, data={"a": Value(version=1, content=b"\x80")})
        return found

    def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        if self.lost:
            raise StoreError("down")
        return super().terminations_since(cursor, limit=limit)


class Scene:
    """A portal on a store that remembers, another process on the same store, and which requests went the short way."""

    def __init__(self, policy: Any = POLICY) -> None:
        self.ways: list[bool] = []
        self.passed = 0.0
        self.beneath = Beneath()
        self.store = AsyncCachedStore(self.beneath, bound=BOUND, clock=lambda: self.passed)
        self.portal = Portal(self.store, policy)
        self.elsewhere = Portal(self.beneath, policy)

    def later(self, seconds: float) -> None:
        self.portal.now += seconds
        self.elsewhere.now += seconds

    @asynccontextmanager
    async def same_browser(self, browser: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
        """The browser's other tab, which another process serves."""
        async with self.elsewhere.browser() as tab:
            tab.cookies.set(COOKIE, browser.cookies[COOKIE], domain="portal.example")
            yield tab

    @asynccontextmanager
    async def logged_in(self) -> AsyncIterator[httpx.AsyncClient]:
        """A browser whose next request goes the short way."""
        async with self.portal.browser() as browser:
            await browser.post("/login/north/ana")
            await browser.post("/set/a", content="1")
            await self.settle(browser)
            yield browser

    async def settle(self, browser: httpx.AsyncClient) -> None:
        """Have the next request go the short way."""
        await self.store.read_feed()
        for _ in range(3):
            await browser.get("/me", headers=CLICK)
        assert self.ways[-1]
        self.ways.clear()


@asynccontextmanager
async def remembering_scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    """A scene in which it is noted which way requests go."""
    made = Scene(
        Policies(base=POLICY, routes={"/sign": {"staleness": 0.0}, "/quick": {"inactivity_timeout": 310.0}})
    )
    find = AtOnce.find

    def noting(at_once: AtOnce, scope: Scope) -> ServedAtOnce | None:
        found = find(at_once, scope)
        made.ways.append(found is not None)
        return found

    monkeypatch.setattr(AtOnce, "find", noting)
    try:
        yield made
    finally:
        await made.store.close()
