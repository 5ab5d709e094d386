import asyncio
import gzip
import socket
import time

import pytest

from sessionward.audit.browser.fetch import CODINGS, Fetcher, wire
from sessionward.audit.browser.pace import Pace
from sessionward.audit.browser.scope import Scope
from sessionward.http import Request
from sessionward.http.exchange import Headers
from tests.audit.browser.site import Site


def fetcher(site: Site, pace: Pace | None = None) -> Fetcher:
    return Fetcher(scope=Scope(start=site.origin), pace=pace or Pace(), verify_tls=True)


async def test_exactly_the_headers_given_are_sent(site: Site) -> None:
    headers = (
        ("User-Agent", "x"),
        ("X-Token", "a"),
        ("Cookie", "b=c"),
        (":authority", "no"),
        ("content-length", "9"),
    )
    await fetcher(site).fetch(Request(method="GET", url=f"{site.origin}/exact", headers=headers))
    assert set(site.at("/exact")[0].headers) == {
        "host", "user-agent", "x-token", "cookie", "accept-encoding", "connection",
    }  # fmt: skip


async def test_a_body_arrives_as_it_is(site: Site) -> None:
    body = b'{"a": "\xc3\xa9\x00"}'
    request = Request(
        method="POST", url=f"{site.origin}/body", headers=(("Content-Type", "application/json"),), body=body
    )
    await fetcher(site).fetch(request)
    assert site.at("/body")[0].body == body


async def test_no_redirect_is_followed_and_no_cookie_kept(site: Site) -> None:
    one = fetcher(site)
    exchange = await one.fetch(Request(method="GET", url=f"{site.origin}/redirect?to=/after"))
    await one.fetch(Request(method="GET", url=f"{site.origin}/later"))
    assert exchange.status == 302
    assert site.at("/after") == []
    assert "cookie" not in site.at("/later")[0].headers


async def test_each_line_of_a_header_is_kept(site: Site) -> None:
    exchange = await fetcher(site).fetch(Request(method="GET", url=f"{site.origin}/cookies"))
    assert exchange.response
    lines = [value for name, value in exchange.response.headers if name.lower() == "set-cookie"]
    assert len(lines) == 4


async def test_a_body_without_end_is_cut(site: Site) -> None:
    request = Request(method="GET", url=f"{site.origin}/endless")
    exchange = await fetcher(site).fetch(request, limit=100_000)
    assert exchange.response
    assert len(exchange.response.body) == 100_000
    assert exchange.response.truncated


async def test_a_body_that_dawdles_is_cut(site: Site) -> None:
    before = time.monotonic()
    exchange = await fetcher(site).fetch(Request(method="GET", url=f"{site.origin}/download"), within=0.5)
    assert time.monotonic() - before < 3
    assert exchange.response
    assert exchange.response.truncated
    assert exchange.response.body


async def test_an_answer_that_never_comes_is_no_response(site: Site) -> None:
    exchange = await fetcher(site).fetch(
        Request(method="GET", url=f"{site.origin}/slow?seconds=5"), within=0.2
    )
    assert exchange.response is None
    assert "0.2 s" in exchange.error


async def test_a_closed_port_is_no_response(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    one = Fetcher(scope=Scope(start=f"http://127.0.0.1:{port}"), pace=Pace(), verify_tls=True)
    exchange = await one.fetch(Request(method="GET", url=f"http://127.0.0.1:{port}/"))
    assert exchange.response is None
    assert exchange.error


async def test_nothing_out_of_scope_is_asked(site: Site) -> None:
    pace = Pace()
    exchange = await fetcher(site, pace).fetch(Request(method="GET", url="http://127.0.0.1:1/"))
    assert exchange.error == "the address is not in scope"
    assert pace.made == 0


async def test_requests_are_counted(site: Site) -> None:
    pace = Pace()
    await asyncio.gather(
        *(fetcher(site, pace).fetch(Request(method="GET", url=f"{site.origin}/n{n}")) for n in range(3))
    )
    assert pace.made == 3


async def test_what_is_no_http_is_no_response(site: Site) -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.test ESMTP\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        exchange = await Fetcher(scope=Scope(start=url), pace=Pace(), verify_tls=True).fetch(
            Request(method="GET", url=url)
        )
    assert exchange.response is None
    assert exchange.error


@pytest.mark.parametrize("verify,status", [(True, 0), (False, 200)])
async def test_a_distrusted_certificate_is_refused_unless_that_is_wanted(
    secure_site: Site, status: int, *, verify: bool
) -> None:
    one = Fetcher(scope=Scope(start=secure_site.origin), pace=Pace(), verify_tls=verify)
    exchange = await one.fetch(Request(method="GET", url=f"{secure_site.origin}/x"))
    assert exchange.status == status
    assert ("certificate" in exchange.error.lower()) is verify


@pytest.mark.parametrize(
    "coding,packed",
    [
        ("gzip", gzip.compress(b"hello")),
        ("br", b"\x0b\x02\x80hello\x03"),
        ("zstd", b"(\xb5/\xfd \x05)\x00\x00hello"),
    ],
    ids=["gzip", "br", "zstd"],
)
async def test_a_packed_body_is_unpacked(coding: str, packed: bytes) -> None:

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {len(packed)}\r\n\r\n"
        writer.write(head.encode() + packed)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        one = Fetcher(scope=Scope(start=url), pace=Pace(), verify_tls=True)
        exchange = await one.fetch(Request(method="GET", url=url))
    assert exchange.text == "hello"


@pytest.mark.parametrize("given,sent", [((), CODINGS), ((("accept-encoding", "gzip"),), "gzip")])
def test_the_codings_are_those_of_the_request_or_the_browsers(given: Headers, sent: str) -> None:
    request = Request(method="GET", url="http://a.test/", headers=given)
    assert wire(request, 5).headers.get_list("accept-encoding") == [sent]
