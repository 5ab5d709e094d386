import pytest

from sessionward.audit.calibrate.verification import with_cache_buster
from sessionward.http import Response
from tests.audit.calibrate.simulated import (
    ONE,
    ORIGIN,
    OWNER,
    SESSIONS,
    STRANGER,
    THEIRS,
    TWO,
    App,
    Call,
    calibrated,
    cookies,
    data,
    get,
    page,
    plain,
    redirect,
)


def test_a_cache_buster_is_added_to_what_the_address_asks() -> None:
    assert with_cache_buster(get("/a?b=c%20d&e="), "7").url == f"{ORIGIN}/a?b=c+d&e=&_=7"
    assert with_cache_buster(get("/a"), "7").url == f"{ORIGIN}/a?_=7"


@pytest.mark.parametrize("tolerant", [True, False])
async def test_it_is_learned_whether_a_cache_buster_is_tolerated(tolerant: bool) -> None:  # noqa: FBT001
    def answer(call: Call) -> Response:
        return plain(call) if tolerant or not call.query else page("Bad request", status=400)

    found = await calibrated(App(answer=answer), ("/home",))
    assert [one.cache_buster for one in found.private] == [tolerant]


async def test_random_tokens_that_are_let_in_disprove_the_exchange() -> None:
    def answer(call: Call) -> Response:
        sid = call.cookies.get("sid", "")
        return page(f"<p>{(STRANGER if sid == THEIRS else OWNER).full_name}</p>") if sid else redirect()

    found = await calibrated(App(answer=answer), ("/home",))
    assert not found.calibrated
    assert "without any login token" in found.reason


async def test_cookies_named_after_the_account_are_told_apart_all_the_same() -> None:
    def answer(call: Call) -> Response:
        person = next((SESSIONS[value] for name, value in call.cookies.items() if value in SESSIONS), None)
        return data({"email": person.email}) if person else data({}, status=401)

    tokens = (cookies(s12=ONE), cookies(s12=TWO), cookies(s13=THEIRS))
    found = await calibrated(App(answer=answer), ("/me",), *tokens)
    assert found.calibrated, found.reason
    assert dict(found.table)["stranger"] == "stranger"


async def test_further_exchanges_cost_few_requests() -> None:
    app = App(answer=plain)
    one = (await calibrated(app, ("/home",))).requests
    assert (await calibrated(app, ("/home", "/visits"))).requests <= one + 8
