"""What a browser holds: cookies, web storage, and putting things into both."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Page

from sessionward.audit.browser.scope import Scope
from sessionward.audit.driver import WebStorage
from sessionward.http import Cookie

STORAGE = files(__package__).joinpath("storage.js").read_text(encoding="utf-8")
PUT = """items => {
  for (const [area, key, value] of items) (area === "session" ? sessionStorage : localStorage).setItem(key, value);
}"""
CACHED = """url => fetch(url, {cache: "only-if-cached", mode: "same-origin"}).then(
  answer => answer.text().then(text => text.slice(0, 2_000_000)), () => null)"""
AREAS = frozenset({"local", "session"})


async def read_cookies(session: CDPSession, scope: Scope) -> tuple[Cookie, ...]:
    """The cookies for hosts in scope. Read by the browser's own protocol, which says where SameSite was left open."""
    found: dict[str, Any] = await session.send("Network.getAllCookies")
    return tuple(_cookie(item) for item in found["cookies"] if _concerns(item["domain"], scope))


async def plant(
    session: CDPSession, cookies: Sequence[Cookie], scope: Scope, *, unbound: bool = False
) -> None:
    """Put cookies in; one without a domain belongs to the host of the start address.

    ``unbound``: not bound to the scheme that they were set by, as in every browser but the newest Chromium.
    """
    planted = [_parameters(cookie, scope) for cookie in cookies]
    for given in planted:
        if unbound and not given["secure"]:
            given["url"] = given["url"].replace("https:", "http:", 1)
    await session.send("Network.setCookies", {"cookies": planted})


async def read_storage(page: Page) -> WebStorage:
    """What scripts of the page read: document.cookie, web storage, texts in IndexedDB (a bounded number)."""
    seen: dict[str, Any] = await page.evaluate(STORAGE)
    return WebStorage(
        cookie=seen["cookie"], items=tuple((area, key, value) for area, key, value in seen["items"])
    )


async def plant_storage(page: Page, items: Sequence[tuple[str, str, str]], scope: Scope) -> None:
    """Put items into the web storage of the start address's origin.

    Where the page is elsewhere it is brought to an empty one of that origin, made up here: the app is not asked.
    """
    wanted = [item for item in items if item[0] in AREAS]
    if urlsplit(page.url).netloc != urlsplit(scope.origin).netloc:
        await empty_page(page, scope.origin)
    await page.evaluate(PUT, wanted)


async def read_cache(page: Page, url: str) -> str | None:
    """What the browser's HTTP cache holds of an address (Fetch Standard, request cache mode ``only-if-cached``).

    Asked for by an empty page of the same origin, whose content security policy cannot forbid it.
    """
    parts = urlsplit(url)
    await empty_page(page, f"{parts.scheme}://{parts.netloc}")
    found: str | None = await page.evaluate(CACHED, url)
    return found


async def empty_page(page: Page, origin: str) -> None:
    """Bring the page to an empty one of that origin, made up here: the app is not asked."""
    blank = f"{origin}/sessionward-blank"
    await page.route(blank, lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
    await page.goto(blank)
    await page.unroute(blank)


def _concerns(domain: str, scope: Scope) -> bool:
    """Whether a cookie of that domain goes to a host in scope (RFC 6265, section 5.1.3)."""
    if not domain.startswith("."):
        return domain in scope.hosts
    return any(host == domain[1:] or host.endswith(domain) for host in scope.hosts)


def _cookie(item: dict[str, Any]) -> Cookie:
    return Cookie(
        name=item["name"],
        value=item["value"],
        domain=item["domain"].lstrip("."),
        path=item["path"],
        expires=None if item.get("session") else item["expires"],
        secure=item["secure"],
        http_only=item["httpOnly"],
        same_site=item.get("sameSite", ""),
        host_only=not item["domain"].startswith("."),
    )


def _parameters(cookie: Cookie, scope: Scope) -> dict[str, Any]:
    scheme, host = scope.origin.split("://", 1)
    given: dict[str, Any] = {
        "name": cookie.name,
        "value": cookie.value,
        "url": f"{scheme}://{cookie.domain or host}/",
        "path": cookie.path,
        "secure": cookie.secure,
        "httpOnly": cookie.http_only,
    }
    if not cookie.host_only and cookie.domain:
        given["domain"] = f".{cookie.domain}"
    if cookie.same_site in {"Strict", "Lax", "None"}:
        given["sameSite"] = cookie.same_site
    if cookie.expires is not None:
        given["expires"] = cookie.expires
    return given
