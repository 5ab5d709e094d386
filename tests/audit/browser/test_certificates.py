"""The keys of apps whose certificates are accepted unchecked, and what the browser does then."""

import asyncio
import socket
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

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


@pytest.mark.parametrize("host", ["a..test", f"{'a' * 64}.test"])
async def test_a_name_that_no_host_can_have_has_no_key(host: str) -> None:
    assert await keys_of(Scope(start="http://clinic.test", others=(f"https://{host}/",))) == ()


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


def test_a_key_of_a_kind_that_is_not_known_is_none() -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "clinic.test")])
    key = ec.generate_private_key(ec.SECP256R1())
    made = x509.CertificateBuilder(
        name, name, key.public_key(), 1, datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    )
    known = made.sign(key, SHA256()).public_bytes(Encoding.DER)
    ec_key, other = bytes.fromhex("06072a8648ce3d0201"), bytes.fromhex("06072a8648ce3d0277")
    assert (len(key_of(known)), key_of(known.replace(ec_key, other))) == (LETTERS_OF_A_SHA256, "")


@pytest.mark.browser
async def test_a_certificate_that_is_overlooked_keeps_nothing_out_of_the_cache(secure_site: Site) -> None:
    url = secure_site.page("<p>mine</p>", headers=KEPT)
    async with browser(scope=Scope(start=secure_site.origin), verify_tls=False) as driver:
        tab = await driver.open()
        await tab.go(url)
        assert "mine" in (await tab.from_cache(url) or "")


@pytest.mark.browser
async def test_the_key_of_another_origin_says_nothing_of_an_app_that_begins_by_http(
    secure_site: Site, site: Site
) -> None:
    url, plain = secure_site.page("<p>mine</p>", headers=KEPT), site.page("<p>mine</p>", headers=KEPT)
    scope = Scope(start=site.origin, others=(secure_site.origin,))
    async with browser(scope=scope, verify_tls=False) as driver:
        tab = await driver.open()
        await tab.go(plain)
        assert "mine" in (await tab.from_cache(plain) or "")
        await tab.go(url)
        with pytest.raises(DriverError, match="certificate that it has to overlook"):
            await tab.from_cache(url)


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
