import pytest

from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.browser.shelf import LARGEST, Shelf
from sessionward.http import Response
from sessionward.http.exchange import Headers
from tests.audit.browser.site import Site

URL = "http://clinic.test/app.js"
SHARED = (("Cache-Control", "public, max-age=600"),)


def head(headers: Headers, status: int = 200) -> Response:
    return Response(status=status, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        SHARED,
        (("ETag", '"1"'),),
        (("Last-Modified", "Sat, 01 Nov 2025 00:00:00 GMT"),),
        (("cache-control", "immutable"),),
    ],
)
def test_what_the_app_declares_to_be_good_for_a_while_is_wanted(headers: Headers) -> None:
    assert Shelf().wants("GET", "script", URL, head(headers))


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("Cache-Control", "private, max-age=600"),),
        (("Cache-Control", "no-store"),),
        (("Cache-Control", "max-age=0"), ("ETag", '"1"')),
        (*SHARED, ("Set-Cookie", "a=b")),
        (*SHARED, ("Vary", "Accept, Cookie")),
        (*SHARED, ("Vary", "*")),
    ],
)
def test_what_may_differ_from_person_to_person_is_not(headers: Headers) -> None:
    assert not Shelf().wants("GET", "script", URL, head(headers))


@pytest.mark.parametrize(
    "method,kind,status",
    [("POST", "script", 200), ("GET", "document", 200), ("GET", "fetch", 200), ("GET", "script", 404)],
)
def test_pages_calls_and_faults_are_not(method: str, kind: str, status: int) -> None:
    assert not Shelf().wants(method, kind, URL, head(SHARED, status))


def test_what_is_kept_is_given_again_as_it_came() -> None:
    shelf = Shelf()
    shelf.keep(URL, head((("Content-Type", "text/javascript"), ("Content-Encoding", "br"))), b"run()")
    asset = shelf.get("GET", "Script", URL)
    assert asset
    assert asset.fulfilment("7") == {
        "requestId": "7",
        "responseCode": 200,
        "responseHeaders": [{"name": "Content-Type", "value": "text/javascript"}],
        "body": "cnVuKCk=",
    }
    assert shelf.get("GET", "Document", URL) is None


def test_what_is_too_large_is_not_kept() -> None:
    shelf = Shelf()
    shelf.keep(URL, head(SHARED), b"x" * (LARGEST + 1))
    assert shelf.get("GET", "Script", URL) is None


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    "query,times",
    [("control=max-age%3D600", 1), ("control=no-store", 2), ("control=max-age%3D600&cookie", 2)],
)
async def test_a_second_browser_asks_only_for_what_is_not_shared(
    driver: Chromium, site: Site, query: str, times: int
) -> None:
    path = f"/asset/{abs(hash(query))}.js"
    url = site.page(f"<script src='{path}?{query}'></script><p>x</p>")
    for _ in range(2):
        tab = await driver.open()
        assert (await tab.go(url)).title == "ran"
        await tab.settle()
        await tab.close()
    assert len(site.at(path)) == times
