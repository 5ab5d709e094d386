from sessionward.http import Carrier, Response, Token, TokenSet
from tests.audit.calibrate.simulated import (
    ONE,
    SESSIONS,
    THEIRS,
    TWO,
    App,
    Call,
    calibrated,
    cookies,
    data,
    plain,
)


async def test_each_exchange_has_a_name_of_its_own_and_no_token() -> None:
    found = await calibrated(App(answer=plain), ("/home", "/visits", "/letters", "/plans"))
    names = [one.id for one in found.private]
    assert len(set(names)) == len(names) == 3
    assert all(request.header("cookie") is None for request in (one.request for one in found.private))


async def test_facts_name_tokens_by_their_place_only() -> None:
    tokens = (cookies(sid=sid, theme="dark") for sid in (ONE, TWO, THEIRS))
    found = await calibrated(App(answer=plain), ("/home",), *tokens)
    assert found.facts == (
        "GET /home tells whose session it is.",
        "The session is carried by cookie sid.",
        "Not needed for being logged in: cookie theme.",
    )


async def test_exchanges_that_need_more_are_told_from_those_with_two_ways_in() -> None:
    def answer(call: Call) -> Response:
        person = SESSIONS.get(call.cookies.get("sid", ""))
        if person is None or (call.path == "/api/items" and call.header("x-csrf") != call.cookies["sid"]):
            return data({}, status=403)
        return data({"email": person.email})

    def holding(sid: str) -> TokenSet:
        return TokenSet((*cookies(sid=sid), Token(carrier=Carrier.HEADER, name="x-csrf", value=sid)))

    found = await calibrated(
        App(answer=answer), ("/me", "/api/items"), holding(ONE), holding(TWO), holding(THEIRS)
    )
    assert "GET /api/items is opened by cookie sid and header x-csrf." in found.facts
