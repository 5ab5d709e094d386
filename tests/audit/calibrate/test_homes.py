from sessionward.audit.calibrate.hearing import Asker
from sessionward.audit.calibrate.homes import home_of
from sessionward.audit.scene import PrivateExchange
from tests.audit.calibrate.simulated import ONE, SID, THEIRS, App, Call, cookies, data, get, plain


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


async def test_what_is_refused_is_passed_over() -> None:
    def guarded(call: Call) -> object:
        return data({}, status=403) if call.path == "/patients" else plain(call)

    found = await home(App(answer=guarded), "/patients", "/home")  # type: ignore[arg-type]
    assert found is not None
    assert found.id == "GET /home"
