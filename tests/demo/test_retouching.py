from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from sessionward.demo.retouching import Retouching


async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-a", b"1")]})
    await send({"type": "http.response.body", "body": b"text"})


async def sent(*retouches: object) -> list[Message]:
    messages: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("nothing is asked for")

    async def send(message: Message) -> None:
        messages.append(message)

    await Retouching(answer, retouches)({"type": "http", "path": "/a"}, receive, send)  # type: ignore[arg-type]
    return messages


def mark(scope: Scope, headers: MutableHeaders) -> None:
    headers["x-a"] = f"{headers['x-a']} {scope['path']}"


async def test_each_retouch_is_given_the_headers_in_turn() -> None:
    start, body = await sent(mark, mark)
    assert start["headers"] == [(b"x-a", b"1 /a /a")]
    assert body["body"] == b"text"


async def test_without_any_nothing_changes() -> None:
    start, _ = await sent()
    assert start["headers"] == [(b"x-a", b"1")]
