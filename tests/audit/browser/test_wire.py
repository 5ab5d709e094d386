import asyncio
from typing import Any

import pytest

from sessionward.audit.browser.wire import Wire
from sessionward.http import Request

URL = "http://clinic.test/transfer"
GET, POST = Request(method="GET", url=URL), Request(method="POST", url=URL)


def carried(name: str, *blocked: str, same_site: str = "") -> dict[str, Any]:
    cookie = {"name": name, "sameSite": same_site} if same_site else {"name": name}
    return {"cookie": cookie, "blockedReasons": list(blocked)}


def wired() -> tuple[Wire, dict[str, Any]]:
    """A wire, and by name what it hears."""
    wire = Wire(URL)
    events: dict[str, Any] = {}

    class Session:
        def on(self, name: str, hear: object) -> None:
            events[name] = hear

    wire.watch(Session())  # type: ignore[arg-type]
    return wire, events


def told(*cookies: dict[str, Any], status: int = 200, url: str = URL, redirected: bool = False) -> Wire:
    wire, events = wired()
    events["Network.requestWillBeSentExtraInfo"]({"requestId": "1", "associatedCookies": list(cookies)})
    events["Network.requestWillBeSent"]({"requestId": "1", "request": {"url": url}})
    if status:
        events["Network.responseReceivedExtraInfo"]({"requestId": "1", "statusCode": status})
    if redirected:
        events["Network.requestWillBeSentExtraInfo"](
            {"requestId": "1", "associatedCookies": [carried("later")]}
        )
        events["Network.responseReceivedExtraInfo"]({"requestId": "1", "statusCode": 500})
    return wire


def test_what_went_along_is_told_by_name() -> None:
    sent = told(carried("b", same_site="Lax"), carried("a", same_site="None")).sent(GET)
    assert (sent.sent, sent.status, sent.cookies, sent.reason) == (True, 200, ("a", "b"), "")


def test_what_was_kept_back_is_told_with_the_rule() -> None:
    sent = told(
        carried("a", "SchemefulSameSiteStrict"), carried("b", "UserPreferences"), carried("c", "NotOnPath")
    ).sent(GET)
    assert sent.cookies == ()
    assert sent.reason == (
        "a was kept back (SameSite); b was kept back (this browser blocks third-party cookies); "
        "c was kept back (NotOnPath)"
    )


def test_a_young_cookie_without_samesite_is_noted_on_a_post_only() -> None:
    assert "less than two minutes old" in told(carried("a")).sent(POST).reason
    assert told(carried("a")).sent(GET).reason == ""


def test_the_forged_request_counts_not_where_it_is_sent_on_to() -> None:
    sent = told(carried("a", same_site="None"), status=302, redirected=True).sent(GET)
    assert (sent.status, sent.cookies) == (302, ("a",))


def test_another_address_is_not_the_forged_request() -> None:
    sent = told(url="http://clinic.test/else").sent(GET)
    assert not sent.sent
    assert sent.reason == "The request never left the browser: the browser did not send it."


def test_no_answer_in_time_is_said() -> None:
    assert told(status=0).sent(GET, late=True).reason == "no answer came in time"


def test_the_page_may_tell_its_part_after_the_answer() -> None:
    wire, events = wired()
    events["Network.requestWillBeSentExtraInfo"]({"requestId": "1", "associatedCookies": []})
    events["Network.responseReceivedExtraInfo"]({"requestId": "1", "statusCode": 204})
    assert not wire.over.is_set()
    events["Network.requestWillBeSent"]({"requestId": "1", "request": {"url": URL}})
    assert wire.over.is_set()
    assert (wire.sent(GET).sent, wire.sent(GET).status) == (True, 204)


async def test_a_page_in_place_of_an_image_still_gets_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sessionward.audit.browser.wire.AFTERTHOUGHT", 0.0)
    wire, events = wired()
    events["Network.requestWillBeSent"]({"requestId": "1", "request": {"url": URL}})
    events["Network.loadingFailed"]({"requestId": "1", "errorText": "net::ERR_BLOCKED_BY_ORB"})
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(wire.over.wait(), 0.05)
    events["Network.responseReceivedExtraInfo"]({"requestId": "1", "statusCode": 200})
    assert wire.over.is_set()


async def test_a_request_that_failed_is_waited_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sessionward.audit.browser.wire.AFTERTHOUGHT", 0.0)
    wire, events = wired()
    events["Network.requestWillBeSent"]({"requestId": "1", "request": {"url": URL}})
    events["Network.loadingFailed"]({"requestId": "1", "errorText": "net::ERR_CONNECTION_REFUSED"})
    await asyncio.wait_for(wire.over.wait(), 5)
    assert "net::ERR_CONNECTION_REFUSED" in wire.sent(GET).reason
