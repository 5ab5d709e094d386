import pytest

from sessionward.audit.calibrate.replayer import (
    Holder,
    OutOfRequests,
    Replayer,
    Throttled,
    Unreachable,
    broken,
    successors,
)
from sessionward.http import Exchange, Response, TokenSet
from sessionward.http.carry import carry
from tests.audit.calibrate.simulated import SID, App, cookies, get, page


def replayer(*responses: Response | None, budget: int = 9) -> Replayer:
    rest = list(responses)
    return Replayer(App(answer=lambda call: rest.pop(0)).fetch, budget=budget)


async def test_requests_are_counted_and_bounded() -> None:
    asks = replayer(page("a"), page("b"), budget=1)
    await asks.ask(get("/"), TokenSet())
    with pytest.raises(OutOfRequests):
        await asks.ask(get("/"), TokenSet())
    assert asks.spent == 1


@pytest.mark.parametrize(
    "response", [page("", status=429), Response(status=503, headers=(("Retry-After", "9"),))]
)
async def test_a_throttle_ends_it(response: Response) -> None:
    with pytest.raises(Throttled, match="too many requests"):
        await replayer(response).ask(get("/"), TokenSet())


async def test_a_plain_fault_does_not_end_it() -> None:
    assert broken(await replayer(page("", status=503)).ask(get("/"), TokenSet()))


async def test_silence_ends_it_only_when_it_lasts() -> None:
    asks = replayer(None, None, page("a"), None, None, None)
    for _ in range(5):
        await asks.ask(get("/"), TokenSet())
    with pytest.raises(Unreachable):
        await asks.ask(get("/"), TokenSet())


@pytest.mark.parametrize(
    "line,expected",
    [
        ("sid=new; Path=/", ["new"]),
        ("sid=old; Path=/", []),
        ("sid=; Path=/", []),
        ("sid=deleted; Max-Age=0", []),
        ("sid=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT", []),
        ("other=new", []),
    ],
)
def test_a_successor_takes_the_place_of_what_was_sent(line: str, expected: list[str]) -> None:
    exchange = Exchange(request=carry(get("/"), cookies(sid="old")), response=page("", cookies=(line,)))
    assert [token.value for token in successors(cookies(sid="old", other="x"), exchange)] == expected


def test_a_cookie_set_without_its_having_been_sent_is_no_successor() -> None:
    exchange = Exchange(request=get("/"), response=page("", cookies=("sid=new",)))
    assert not successors(cookies(sid="old"), exchange)
    assert not successors(cookies(sid="old"), Exchange(request=get("/")))


def test_only_rotating_cookies_are_followed() -> None:
    holder = Holder(party="owner", tokens=cookies(sid="old", b="old"), rotating=frozenset({SID}))
    request = carry(get("/"), holder.tokens)
    holder.follow(Exchange(request=request, response=page("", cookies=("sid=new", "b=new"))))
    assert [token.value for token in holder.tokens] == ["new", "old"]
