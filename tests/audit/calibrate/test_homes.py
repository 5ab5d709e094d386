from sessionward.audit.calibrate.hearing import Asker
from sessionward.audit.calibrate.homes import home_of
from sessionward.audit.scene import PrivateExchange
from sessionward.http import Response
from tests.audit.calibrate.simulated import (
    ONE,
    SID,
    THEIRS,
    App,
    Call,
    cookies,
    data,
    get,
    page,
    plain,
    redirect,
)


async def home(app: App, *paths: str) -> PrivateExchange | None:
    asker = Asker(party="neighbour", tokens=cookies(sid=THEIRS))
    others, requests = (cookies(sid=ONE),), [get(path) for path in paths]
    return await home_of(asker, requests, others, frozenset({SID}), ("bob",), app.fetch)


async def test_the_first_request_that_shows_the_account_alone_is_its_home() -> None:
    found = await home(App(answer=plain), "/home")
    assert found is not None
    (marker,) = found.markers["neighbour"]
    assert "bob" in marker
    assert (found.id, found.members) == ("GET /home", frozenset({SID}))


async def test_what_says_the_same_to_all_is_no_home() -> None:
    assert await home(App(answer=lambda call: data({"service": "bob the clinic"})), "/home") is None


async def test_an_account_that_is_called_otherwise_than_it_logs_in_is_told_by_what_its_pages_repeat() -> None:
    def named(call: Call) -> Response:
        called = {THEIRS: "Gerda Haus", ONE: "Maria Krug"}.get(call.cookies.get("sid", ""), "")
        return page(f"<p>{called}</p><p>Today is {call.path}</p>") if called else redirect()

    app = App(answer=named)
    seen = app.witness("staff", cookies(sid=THEIRS), ("/home", "/rota", "/office")).exchanges
    asker = Asker(party="staff", tokens=cookies(sid=THEIRS), seen=seen)
    others, members = (cookies(sid=ONE),), frozenset({SID})
    found = await home_of(asker, [get("/home")], others, members, ("chief",), app.fetch)
    assert found is not None
    assert "Gerda Haus" in found.markers["staff"][0]
    bare = Asker(party="staff", tokens=cookies(sid=THEIRS))
    assert await home_of(bare, [get("/home")], others, members, ("chief",), app.fetch) is None


async def test_what_is_refused_is_passed_over() -> None:
    def guarded(call: Call) -> object:
        return data({}, status=403) if call.path == "/patients" else plain(call)

    found = await home(App(answer=guarded), "/patients", "/home")  # type: ignore[arg-type]
    assert found is not None
    assert found.id == "GET /home"
