from collections.abc import Iterator
from typing import Any

import pytest

from sessionward.session.adapters.asgi_answer import START, Answer, refuse
from sessionward.session.adapters.cookie_header import SessionCookie
from sessionward.session.adapters.keeper import Keeper, Refused
from sessionward.session.adapters.served import Served
from sessionward.session.adapters.visit import Visit
from sessionward.session.command import Refusal
from sessionward.session.digest import Token
from sessionward.session.policies import Policies
from sessionward.session.result import StoreError
from sessionward.session.stores.direct import Direct
from sessionward.session.stores.memory import MemoryStore

KEPT = [(b"x-app", b"1"), (b"Cache-Control", b"public"), (b"expires", b"0")]
PRIVATE = [(b"x-app", b"1"), (b"cache-control", b"no-store"), (b"vary", b"Cookie, Authorization")]
KEEPER = Keeper(policies=Policies.of("patient-portal"), clock=lambda: 1e9)


class Idle(Served):
    """To which nothing can have happened."""

    __slots__ = ()

    @property
    def idle(self) -> bool:
        return True


class Sent(list[dict[str, Any]]):
    async def send(self, message: Any) -> None:
        self.append(dict(message))


def served(kind: type[Served] = Served, *, private: bool = True) -> Served:
    return kind(Visit(KEEPER, None, "/"), Direct(MemoryStore()), private=private)


def start(headers: Any, status: int = 200) -> dict[str, Any]:
    return {"type": START, "status": status, "headers": headers}


@pytest.mark.parametrize("kind", [Served, Idle])
async def test_no_cache_may_keep_what_depends_on_a_session_whatever_the_app_says(kind: type[Served]) -> None:
    def once() -> Iterator[tuple[bytes, bytes]]:
        yield from KEPT

    for headers in (KEPT, tuple(KEPT), once()):
        sent = Sent()
        answer = Answer(served(kind), SessionCookie(), sent.send)
        await answer.send(start(headers))
        await answer.send({"type": "http.response.body", "body": b"x"})
        assert sent == [start(PRIVATE), {"type": "http.response.body", "body": b"x"}]


async def test_an_answer_for_everybody_stays_one() -> None:
    sent = Sent()
    await Answer(served(private=False), SessionCookie(), sent.send).send(start(KEPT))
    assert sent == [start([*KEPT, (b"vary", b"Cookie, Authorization")])]


async def test_a_new_token_goes_with_the_answer() -> None:
    sent, request = Sent(), served()
    request.visit.hand_out = Token.mint()
    await Answer(request, SessionCookie(), sent.send).send(start([]))
    assert [name for name, _ in sent[0]["headers"]] == [b"set-cookie", b"cache-control", b"vary"]


@pytest.mark.parametrize("kind", [Served, Idle])
@pytest.mark.parametrize("error,status", [(StoreError("down"), 503), (Refused(Refusal.NOT_LOGGED_IN), 403)])
async def test_what_the_app_lets_pass_is_answered_unless_its_answer_began(
    kind: type[Served], error: StoreError | Refused, status: int
) -> None:
    sent, late = Sent(), Sent()
    assert await Answer(served(), SessionCookie(), sent.send).fail(error)
    assert [entry.get("status") for entry in sent] == [status, None]
    begun = Answer(served(kind), SessionCookie(), late.send)
    await begun.send(start([]))
    assert not await begun.fail(error)
    assert len(late) == 1


async def test_after_a_refusal_nothing_of_the_app_is_sent() -> None:
    sent, request = Sent(), served()
    answer = Answer(request, SessionCookie(), sent.send)
    request.failure = StoreError("down")
    await answer.send(start([(b"x-app", b"1")], status=500))
    await answer.send({"type": "http.response.body", "body": b"secret"})
    assert [entry.get("status", entry.get("body")) for entry in sent] == [503, b"503\n"]
    assert await answer.fail(StoreError("down"))
    assert len(sent) == 2


async def test_a_websocket_is_refused_by_closing_it() -> None:
    sent = Sent()
    await refuse("websocket", sent.send, 503)
    assert sent == [{"type": "websocket.close", "code": 1008}]
