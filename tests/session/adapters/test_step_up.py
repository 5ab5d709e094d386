from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from sessionward.session.adapters.step_up import StepUp, needs_proof
from tests.session.adapters.portal import Portal


@pytest.fixture
def portal() -> Portal:
    return Portal()


@pytest.fixture
async def doctor(portal: Portal) -> AsyncIterator[httpx.AsyncClient]:
    async with portal.browser() as client:
        await client.post("/login/north/ana")
        yield client


async def post(doctor: httpx.AsyncClient, path: str, content: str = "") -> tuple[int, str | None]:
    answer = await doctor.post(path, content=content)
    return answer.status_code, answer.headers.get("www-authenticate")


ASKED = 'Session error="insufficient_user_authentication"'


async def test_what_was_shown_is_signed_once(doctor: httpx.AsyncClient) -> None:
    assert await post(doctor, "/sign", "10 mg") == (401, f'{ASKED}, scope="sign"')
    await post(doctor, "/prove/sign", "10 mg")
    assert (await post(doctor, "/sign", "100 mg"))[0] == 401
    assert (await post(doctor, "/sign", "10 mg"))[0] == 200
    assert (await post(doctor, "/sign", "10 mg"))[0] == 401


async def test_a_permission_at_large_lasts_for_a_while(portal: Portal, doctor: httpx.AsyncClient) -> None:
    assert (await post(doctor, "/export"))[0] == 401
    await post(doctor, "/prove/export")
    assert [(await post(doctor, "/export"))[0] for _ in range(2)] == [200, 200]
    portal.now += 299
    assert (await post(doctor, "/export"))[0] == 200
    portal.now += 1
    assert (await post(doctor, "/export"))[0] == 401


async def test_a_login_is_a_proof_until_it_is_too_old(portal: Portal, doctor: httpx.AsyncClient) -> None:
    assert (await post(doctor, "/factors"))[0] == 200
    portal.now += 290
    await doctor.post("/set/a")
    portal.now += 10
    assert await post(doctor, "/factors") == (401, f'{ASKED}, max_age="300"')
    await post(doctor, "/unlock")
    assert (await post(doctor, "/factors"))[0] == 200


async def test_nobody_logged_in_is_asked_for_a_proof(portal: Portal) -> None:
    async with portal.browser() as visitor:
        assert [(await post(visitor, path))[0] for path in ("/factors", "/export", "/sign")] == [401] * 3


async def test_a_dependency_raises_what_is_its_own_answer(portal: Portal) -> None:
    caught: list[StepUp] = []

    class Bare:
        scope: dict[str, Any] = {}  # noqa: RUF012 - as frameworks have it

    async def app(scope: Any, receive: Any, send: Any) -> None:
        Bare.scope = scope
        with pytest.raises(StepUp) as raised:
            await needs_proof(Bare(), within=60)
        caught.append(raised.value)
        await raised.value(scope, receive, send)

    portal.app._app = app  # noqa: SLF001 - the middleware around another app
    async with portal.browser() as visitor:
        assert (await visitor.get("/")).status_code == 401
    assert caught[0].max_age == 60
