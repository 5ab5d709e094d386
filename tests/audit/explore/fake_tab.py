"""A tab without a browser: it draws pages of HTML, follows links, sends forms, keeps cookies.

Of scripts it knows only what ``SCRIPT`` in ``sites.py`` does in a browser: ``data-opens`` shows an element and
``data-closes`` hides one on a click, ``data-hover`` shows one on hovering, ``data-post`` sends the fields as JSON and
obeys the answer.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from sessionward.audit.driver import DriverError, Element, Heard, Screen, Sent, TargetUnreachable, WebStorage
from sessionward.http import Cookie, Exchange, Request, Response, parse_set_cookie
from tests.audit.explore.html_screen import Node, parse, screen_of

Handler = Callable[[Request], Response]
MOST_REDIRECTS = 10


class FakeTab:
    """Fulfils ``sessionward.audit.driver.Tab`` over a function that answers requests."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.url = "about:blank"
        self.status = 0
        self.root = parse("")
        self.jar: dict[str, str] = {}
        self.exchanges: list[Exchange] = []
        self.focus: Node | None = None
        self.clicked: list[str] = []
        self.holding: list[tuple[str, list[Request]]] = []
        self.text = ""
        self.visited: list[tuple[str, int, str]] = []
        self.cache: dict[str, str] = {}

    async def go(self, url: str) -> Screen:
        if urlsplit(url).hostname != "app.test":
            raise TargetUnreachable(f"{url} does not answer")
        self._navigate("GET", url)
        return await self.look()

    async def look(self) -> Screen:
        return screen_of(self.root, self.url, self.status)

    async def click(self, element: Element) -> None:
        node = self._node(element)
        if not node.drawn:
            raise DriverError(f"{element.name or element.tag} cannot be clicked, it is hidden")
        if "disabled" in node.attributes:
            raise DriverError(f"{element.name or element.tag} cannot be clicked, it is disabled")
        self.clicked.append(element.name or element.hints)
        self._act(node)

    async def run(self, script: Path, account: Mapping[str, Any]) -> None:
        self.clicked.append(script.name)
        self.scripted(account)

    def scripted(self, account: Mapping[str, Any]) -> None:
        raise DriverError(f"The login script failed for {account['username']}.")

    async def hover(self, element: Element) -> None:
        self._show(self._node(element).get("data-hover"), on=True)

    async def fill(self, element: Element, text: str) -> None:
        node = self._node(element)
        if not node.drawn or "disabled" in node.attributes:
            raise DriverError(f"{element.name or element.tag} cannot be filled")
        node.attributes["value"] = text
        self.focus = node
        for each in self.root.walk():
            if "data-enabled-by-filling" in each.attributes:
                each.attributes.pop("disabled", None)

    async def check(self, element: Element, *, on: bool) -> None:
        node = self._node(element)
        node.attributes.pop("checked", None)
        if on:
            node.attributes["checked"] = ""

    async def choose(self, element: Element, option: str) -> None:
        self._node(element).attributes["value"] = option

    async def press(self, key: str) -> None:
        if key == "Escape":
            for node in self.root.walk():
                if node.tag == "dialog":
                    node.attributes.pop("open", None)
        if key != "Enter" or self.focus is None:
            return
        form = next((each for each in self.focus.ancestors() if each.tag == "form"), None)
        if form is not None:
            self._submit(form, None)

    async def remove(self, element: Element) -> None:
        node = self._node(element)
        assert node.parent is not None
        node.parent.parts.remove(node)

    async def settle(self) -> None:
        return

    async def query(self, selector: str) -> Element | None:
        """Knows ``#id`` and ``[name=…]`` only."""
        screen = await self.look()
        wanted = selector.removeprefix("#").removeprefix("[name=").removesuffix("]").strip("\"'")
        if selector.startswith("#"):
            return next((each for each in screen.elements if each.id == wanted), None)
        return next((each for each in screen.elements if each.field == wanted), None)

    def recorded(self) -> tuple[Exchange, ...]:
        return tuple(self.exchanges)

    async def cookies(self) -> tuple[Cookie, ...]:
        return ()

    async def plant(self, cookies: Sequence[Cookie]) -> None:
        self.jar.update({cookie.name: cookie.value for cookie in cookies})

    async def plant_storage(self, items: Sequence[tuple[str, str, str]]) -> None:
        return

    async def storage(self) -> WebStorage:
        return WebStorage(cookie="", items=())

    async def forge(self, request: Request, how: str) -> Sent:
        return Sent(sent=False)

    @asynccontextmanager
    async def hold(self, text: str) -> AsyncIterator[list[Request]]:
        held: list[Request] = []
        self.holding.append((text, held))
        yield held
        self.holding.pop()

    def _holds(self, request: Request) -> bool:
        """Whether the request is held back; it is without its cookies then, as a browser adds those last."""
        for text, held in self.holding:
            if text in f"{request.url} {(request.body or b'').decode()}":
                held.append(request.with_header("cookie", None))
                return True
        return False

    async def read_across(self, url: str, origin: str) -> Heard:
        return Heard(readable=False, reason=f"{origin} may not read {url}")

    async def lure(self, url: str, origin: str) -> Screen:
        return Screen(url=f"{origin}/", title="Another site", text="")

    async def source(self) -> str:
        return self.text

    async def back(self) -> Screen | None:
        if len(self.visited) < 2:
            return None
        self.visited.pop()
        self.url, self.status, self.text = self.visited[-1]
        self.root = parse(self.text)
        return await self.look()

    async def from_cache(self, url: str) -> str | None:
        return self.cache.get(url)

    async def screenshot(self, path: Path) -> None:
        return

    async def picture(self, *, private: Sequence[str], harmless: Callable[[str], bool]) -> bytes:
        return b""

    async def close(self) -> None:
        return

    def _node(self, element: Element) -> Node:
        nodes = list(self.root.walk())
        index = int(element.ref)
        if index >= len(nodes) or nodes[index].tag != element.tag:
            raise DriverError(f"{element.name or element.tag} is no longer there")
        return nodes[index]

    def _act(self, node: Node) -> None:
        opens, closes = node.get("data-opens"), node.get("data-closes")
        if opens:
            self._show(opens, on=True)
        if closes:
            self._show(closes, on=False)
        if "aria-expanded" in node.attributes:
            node.attributes["aria-expanded"] = "true"
        if node.tag == "summary" and node.parent is not None:
            node.parent.attributes["open"] = ""
        if "data-post" in node.attributes:
            self._post_fields(node)
        href = node.get("href")
        if href and not href.startswith(("#", "javascript:")):
            self._navigate("GET", urljoin(self.url, href))
        form = next((each for each in node.ancestors() if each.tag == "form"), None)
        sends = (node.tag == "button" and node.get("type") in {"", "submit"}) or node.get("type") == "submit"
        if sends and form is not None:
            self._submit(form, node)

    def _show(self, name: str, *, on: bool) -> None:
        for node in self.root.walk():
            if name and node.get("id") == name:
                shown, hidden = ("open", "hidden") if on else ("hidden", "open")
                node.attributes.pop(hidden, None)
                if (shown == "open") == (node.tag == "dialog") or shown == "hidden":
                    node.attributes[shown] = ""

    def _post_fields(self, node: Node) -> None:
        fields = {
            each.get("name"): each.get("value")
            for each in self.root.walk()
            if each.get("name") and each.drawn
        }
        body = json.dumps(fields).encode()
        request = Request(
            method="POST",
            url=urljoin(self.url, node.get("data-post")),
            headers=(("content-type", "application/json"), *self._cookie()),
            body=body,
        )
        if self._holds(request):
            return
        answer = self._send(request, navigation=False).json
        assert isinstance(answer, dict)
        if "go" in answer:
            self._navigate("GET", urljoin(self.url, answer["go"]))
        for name in answer.get("show", ()):
            self._show(name, on=True)
        for name in answer.get("hide", ()):
            self._show(name, on=False)
        for target in (each for each in self.root.walk() if each.get("id") == "message"):
            target.parts = [answer.get("message", "")]

    def _submit(self, form: Node, button: Node | None) -> None:
        pairs = [(each.get("name"), each.get("value")) for each in form.walk() if _counts(each)]
        if button is not None and button.get("name"):
            pairs.append((button.get("name"), button.get("value")))
        missing = [each for each in form.walk() if "required" in each.attributes and _lacks(each)]
        if missing:
            return
        target = urljoin(self.url, form.get("action"))
        if form.get("method").lower() == "post":
            self._navigate("POST", target, urlencode(pairs).encode())
        else:
            self._navigate("GET", target.partition("?")[0] + "?" + urlencode(pairs))

    def _cookie(self) -> tuple[tuple[str, str], ...]:
        joined = "; ".join(f"{key}={value}" for key, value in self.jar.items())
        return (("cookie", joined),) if joined else ()

    def _send(self, request: Request, *, navigation: bool) -> Response:
        response = self.handler(request)
        self.exchanges.append(Exchange(request=request, response=response, navigation=navigation))
        for key, line in response.headers:
            if key == "set-cookie" and (cookie := parse_set_cookie(line)) is not None:
                self.jar[cookie.name] = cookie.value
        return response

    def _navigate(self, method: str, url: str, body: bytes | None = None) -> None:
        for _ in range(MOST_REDIRECTS):
            kind = (("content-type", "application/x-www-form-urlencoded"),) if body is not None else ()
            sent = Request(method=method, url=url, headers=(*kind, *self._cookie()), body=body)
            if self._holds(sent):
                return
            response = self._send(sent, navigation=True)
            target = response.header("location")
            if target is None:
                self.url, self.status, self.root, self.focus = (
                    url,
                    response.status,
                    parse(response.text),
                    None,
                )
                self.text = response.text
                self.visited.append((url, response.status, response.text))
                return
            method, url, body = "GET", urljoin(url, target), None
        raise DriverError("too many redirects")


def _counts(node: Node) -> bool:
    if not node.get("name") or "disabled" in node.attributes:
        return False
    if node.get("type") in {"checkbox", "radio"}:
        return "checked" in node.attributes
    return node.tag in {"input", "select", "textarea"} and node.get("type") != "submit"


def _lacks(node: Node) -> bool:
    return "checked" not in node.attributes if node.get("type") == "checkbox" else not node.get("value")


def fields_of(request: Request) -> dict[str, str]:
    """The fields that a request carries, of a form or as JSON, its query among them."""
    query = dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    body = (request.body or b"").decode()
    if "json" in (request.header("content-type") or ""):
        return query | {key: str(value) for key, value in json.loads(body).items()}
    return query | dict(parse_qsl(body, keep_blank_values=True))
