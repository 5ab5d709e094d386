import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sessionward.session.adapters.guarded_starlette import starlette_object_guard
from sessionward.session.guard.ownership import NotYours


async def refuse(_request: Request) -> Response:
    raise NotYours


def at_once(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse("Nothing of that kind.", status_code=404)


async def later(request: Request, error: Exception) -> Response:
    return at_once(request, error)


@pytest.mark.parametrize(
    "handler, page",
    [(None, "Not Found"), (at_once, "Nothing of that kind."), (later, "Nothing of that kind.")],
)
async def test_what_is_anothers_is_answered_as_what_does_not_exist(handler: object, page: str) -> None:
    app = Starlette(routes=[Route("/note", refuse)])
    if handler is not None:
        app.add_exception_handler(404, handler)  # type: ignore[arg-type]
    starlette_object_guard(app)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://clinic.example") as browser:
        note, nothing = await browser.get("/note"), await browser.get("/nothing")
    assert (note.status_code, note.text) == (nothing.status_code, nothing.text) == (404, page)


async def test_fastapi_answers_as_it_does() -> None:
    fastapi = pytest.importorskip("fastapi", reason="pip install fastapi to see what it answers")
    app = fastapi.FastAPI()
    app.add_api_route("/note", refuse)
    starlette_object_guard(app)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://clinic.example") as browser:
        note, nothing = await browser.get("/note"), await browser.get("/nothing")
    assert (
        (note.status_code, note.json())
        == (nothing.status_code, nothing.json())
        == (404, {"detail": "Not Found"})
    )
