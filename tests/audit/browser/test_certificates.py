"""The keys of apps whose certificates are accepted unchecked, and what the browser does then."""

import asyncio
import socket

import pytest

from sessionward.audit.browser import Scope, browser, chromium
from sessionward.audit.browser.certificates import key_of, keys_of
from sessionward.audit.driver import DriverError
from tests.audit.browser.site import Site

LETTERS_OF_A_SHA256 = 44
KEPT = {"Cache-Control": "private, max-age=300"}


async def test_the_key_of_each_secure_origin_is_read_once(secure_site: Site) -> None:
    scope = Scope(
        start=secure_site.origin, others=(f"{secure_site.origin}/", "http://127.0.0.1:1", "sso.test")
    )
    (key,) = await keys_of(scope)
    assert len(key) == LETTERS_OF_A_SHA256


async def test_where_nobody_answers_there_is_no_key() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert await keys_of(Scope(start=f"https://127.0.0.1:{taken.getsockname()[1]}")) == ()


async def test_plain_http_is_not_asked() -> None:
    asked = asyncio.Event()

    async def listen(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert await keys_of(Scope(start=f"http://127.0.0.1:{port}")) == ()
    assert not asked.is_set()


@pytest.mark.parametrize("certificate", [b"", b"0", b"\x30\x82\x01\x00" + 256 * b"\xff"])
def test_nonsense_has_no_key(certificate: bytes) -> None:
    assert key_of(certificate) == ""


@pytest.mark.browser
async def test_a_certificate_that_is_overlooked_keeps_nothing_out_of_the_cache(secure_site: Site) -> None:
    url = secure_site.page("<p>mine</p>", headers=KEPT)
    async with browser(scope=Scope(start=secure_site.origin), verify_tls=False) as driver:
        tab = await driver.open()
        await tab.go(url)
        assert "mine" in (await tab.from_cache(url) or "")


@pytest.mark.browser
async def test_where_the_key_cannot_be_read_the_cache_is_not_believed(
    secure_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def none(_: Scope) -> tuple[str, ...]:
        return ()

    monkeypatch.setattr(chromium, "keys_of", none)
    url = secure_site.page("<p>mine</p>", headers=KEPT)
    async with browser(scope=Scope(start=secure_site.origin), verify_tls=False) as driver:
        tab = await driver.open()
        await tab.go(url)
        with pytest.raises(DriverError, match="certificate that it has to overlook"):
            await tab.from_cache(url)
