"""A session that is served at once ends, is locked and is renewed as any other: no deadline, no news comes late."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.session.adapters.portal import CLICK, COOKIE, POLICY, POLL
from tests.session.adapters.remembering_scene import ANA, BOUND, Scene, me, remembering_scene


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    async with remembering_scene(monkeypatch) as made:
        yield made


@pytest.fixture
async def browser(scene: Scene) -> AsyncIterator[httpx.AsyncClient]:
    async with scene.logged_in() as client:
        yield client


@pytest.mark.parametrize(
    "path,state",
    [
        ("/logout", "terminated"),
        ("/logout-everywhere", "terminated"),
        ("/lock", "locked"),
        ("/password", "terminated"),
    ],
)
async def test_what_another_process_ends_or_locks_is_no_longer_served_once_it_is_heard_of(
    scene: Scene, browser: httpx.AsyncClient, path: str, state: str
) -> None:
    async with scene.same_browser(browser) as tab:
        await tab.post(path)
    assert await me(browser) == ANA  # within the bound
    assert scene.ways == [True]
    await scene.store.read_feed()
    if path == "/password":  # the token is another, and this one is excused for a moment
        scene.later(POLICY.renewal_grace)
    found = await me(browser)
    assert scene.ways == [True, False]
    assert found == {"state": state, "who": None, "role": None, "data": {}}


async def test_of_a_locked_session_nothing_is_shown_at_once_either(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    await browser.post("/lock")
    await scene.settle(browser)
    assert await me(browser) == {"state": "locked", "who": None, "role": None, "data": {}}
    assert scene.ways == [True]
    assert (await browser.post("/set/a", content="2")).status_code == 423


@pytest.mark.parametrize("path", ["/logout", "/lock", "/unlock", "/park"])
async def test_what_this_process_changes_is_known_at_once(
    scene: Scene, browser: httpx.AsyncClient, path: str
) -> None:
    line = browser.cookies[COOKIE]
    await browser.post(path)
    async with scene.portal.browser() as tab:
        tab.cookies.set(COOKIE, line, domain="portal.example")
        found = await me(tab)
    assert scene.ways == [False, False]
    expected = {"/logout": "terminated", "/unlock": "active"}.get(path, "locked")
    assert (found["state"], found["who"] is not None) == (expected, path == "/unlock")


async def test_a_renewed_token_is_excused_for_its_grace_and_no_longer(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    line = browser.cookies[COOKIE]
    await browser.post("/unlock")
    await scene.settle(browser)
    async with scene.portal.browser() as tab:
        tab.cookies.set(COOKIE, line, domain="portal.example")
        assert await me(tab) == ANA
        scene.later(POLICY.renewal_grace)
        assert (await me(tab))["state"] == "terminated"
    assert scene.ways == [False, False]
    assert (await me(browser))["state"] == "terminated"  # a thief's or its owner's: nobody knows, so it ends


async def test_activity_is_written_when_it_is_due_and_the_session_lives_on(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    touched = POLICY.touch_interval
    for _ in range(3):
        scene.later(touched - 1.0)
        assert await me(browser) == ANA
        scene.later(1.0)
        assert await me(browser) == ANA
        scene.passed += 1.0
        assert await me(browser) == ANA
    assert scene.ways[0:3] == [True, False, True]
    async with scene.same_browser(browser) as tab:
        scene.later(POLICY.lock_after or 0.0)
        assert (await me(tab))["state"] == "locked"


@pytest.mark.parametrize(
    "headers", [POLL, {"accept": "application/json"}, {**CLICK, "sec-purpose": "prefetch"}]
)
async def test_polling_never_keeps_a_session_open(
    scene: Scene, browser: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    states = []
    for _ in range(100):
        scene.later(10.0)
        states.append((await me(browser, headers))["state"])
    idle = [10.0 * (number + 1) for number in range(100)]
    expected = [
        "active"
        if seconds < (POLICY.lock_after or 0.0)
        else "locked"
        if seconds < POLICY.inactivity_timeout
        else "terminated"
        for seconds in idle
    ]
    assert states == expected
    assert scene.ways[0]


async def test_the_longest_life_is_over_to_the_second_also_for_whoever_is_there_all_the_time(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    spent, last = 0.0, POLICY.absolute_lifetime - 10.0
    while spent < last:
        step = min(280.0, last - spent)
        scene.later(step)
        spent += step
        assert await me(browser) == ANA
    for step in (5.0, 4.5):
        scene.later(step)
        assert await me(browser) == ANA
    assert scene.ways[-2:] == [True, True]
    scene.later(0.5)
    assert (await me(browser))["state"] == "terminated"


async def test_a_clock_that_is_set_back_ends_nothing_and_revives_nothing(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    scene.later(-3600.0)
    assert await me(browser) == ANA
    scene.later(3600.0 + POLICY.inactivity_timeout)
    assert (await me(browser))["state"] == "terminated"
    scene.later(-3600.0)
    assert (await me(browser))["state"] == "terminated"


async def test_the_same_cookies_on_a_route_with_another_policy_are_held_to_that(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    scene.ways.clear()
    before = scene.beneath.asked
    for path in ("/sign", "/me", "/sign/1", "/me"):
        await browser.get(path, headers=CLICK)
    assert scene.ways == [False, True, False, True]
    assert scene.beneath.asked == before + 2
    scene.later(14.0)
    await browser.get("/quick", headers=POLL)
    scene.later(0.5)
    assert await me(browser, POLL) == ANA
    scene.later(295.5)
    await browser.get("/quick", headers=POLL)
    assert (await me(browser))["state"] == "terminated"


async def test_after_the_bound_nothing_is_served_of_a_store_that_is_lost(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    scene.beneath.lost = True
    scene.passed += BOUND - 0.001
    assert await me(browser) == ANA
    scene.passed += 0.001
    assert [await me(browser) for _ in range(2)] == [503, 503]
    assert scene.ways == [True, False, False]


async def test_what_cannot_be_read_is_not_served_though_its_cookies_are_known(
    scene: Scene, browser: httpx.AsyncClient
) -> None:
    scene.beneath.garbled = True
    async with scene.same_browser(browser) as tab:
        scene.beneath.garbled = False
        await tab.post("/set/b", content="1")
        scene.beneath.garbled = True
    await scene.store.read_feed()
    assert [await me(browser) for _ in range(3)] == [503] * 3
