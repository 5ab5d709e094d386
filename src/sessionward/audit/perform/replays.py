"""Replays: the same private request with other tokens, on a fresh connection; and visits in a live browser."""

from __future__ import annotations

import secrets
from asyncio import sleep
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from sessionward.audit.calibrate.file_contents import digest, text_in
from sessionward.audit.calibrate.leaves import leaves
from sessionward.audit.calibrate.words import spellings
from sessionward.audit.driver import UNDER_WAY, Tab
from sessionward.audit.explore.patience import drawn
from sessionward.audit.observation import Answer
from sessionward.audit.perform.holding_off import asked_pause
from sessionward.audit.perform.stage import Stage
from sessionward.audit.scene import (
    SERVER_FAULT,
    TOO_MANY_REQUESTS,
    Document,
    PersonalExchange,
    PrivateExchange,
    Renewal,
    Shows,
    identify,
)
from sessionward.http import Carrier, Exchange, Request, Token, TokenSet
from sessionward.http.carry import carry, cookie_tokens, token_headers
from sessionward.http.cookie import parse_set_cookie
from sessionward.http.exchange import header_values
from sessionward.http.successor import renewed

CLICK = (
    ("accept", "text/html,application/xhtml+xml"),
    ("sec-fetch-site", "same-origin"),
    ("sec-fetch-mode", "navigate"),
    ("sec-fetch-dest", "document"),
    ("sec-fetch-user", "?1"),
)
"""What a browser says of a link that a person followed within the app."""
PATIENCE = 15.0
"""The longest time in seconds that we wait because the app asked us to (Retry-After)."""
USUAL_PAUSE = 2.0
LOOKS, BETWEEN = 20, 0.5
"""How often a page's private calls that have no answer yet are looked at again, and after how many seconds. A page may
rest before: what was slow earlier is not waited for."""


class Replayer:
    """Sends private requests again. G6: fresh connection, no jar, no cache, and a cache-buster where tolerated."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def replay(self, exchange: PrivateExchange, tokens: TokenSet, *, used: bool = False) -> Answer:
        """The private request with exactly these tokens, and whose data the answer shows.

        ``used``: after a click, with what a browser then holds, which is told.
        """
        if exchange.renewal is not None:
            return await self._replay_renewed(exchange, exchange.renewal, tokens)
        held = renewed(tokens, await self._click(exchange, tokens)) if used else tokens
        request = exchange.request
        if exchange.cache_buster:
            request = replace(request, url=_busted(request.url))
        made = await self.send(_uncached(carry(request, held)))
        after = renewed(held, made) if used else TokenSet()
        self._stage.redactor.add_all(token.value for token in after)
        return Answer(exchange=made, shows=identify(exchange.markers, made), tokens=after)

    async def _replay_renewed(self, exchange: PrivateExchange, renewal: Renewal, tokens: TokenSet) -> Answer:
        """Trade the tokens for a fresh one, then make the private request with that. Tells what is held after it."""
        traded = await self.send(_uncached(carry(renewal.request, tokens)))
        after, handed = renewed(tokens, traded), _handed_out(renewal, traded)
        if not handed:
            return Answer(exchange=traded, shows=identify({}, traded), tokens=after)
        self._stage.redactor.add_all(token.value for token in (*after, *handed))
        made = await self.send(_uncached(carry(exchange.request, after.merged(handed))))
        return Answer(exchange=made, shows=identify(exchange.markers, made), tokens=after)

    async def _click(self, exchange: PrivateExchange, tokens: TokenSet) -> Exchange:
        """Ask for the page that makes the private request, as a browser does where a person follows a link.

        Browsers tell clicks from what scripts ask for (W3C Fetch Metadata), and only those need count as use.
        """
        url = page_of(exchange, self._stage.scene.start)
        page = Request(method="GET", url=url, headers=(*_said(exchange.request, "user-agent"), *CLICK))
        cookies = TokenSet(tuple(token for token in tokens if token.carrier is not Carrier.HEADER))
        return await self.send(carry(page, cookies))

    async def replay_personal(self, exchange: PersonalExchange, tokens: TokenSet) -> Answer:
        """The request that showed personal data, with these tokens."""
        made = await self.send(_uncached(carry(exchange.request, tokens)))
        shows = identify({exchange.whose: exchange.texts}, made)
        found = tuple(text for text in exchange.texts if text in made.text)
        return Answer(exchange=made, shows=shows, found=found)

    async def download(self, document: Document, tokens: TokenSet) -> Answer:
        """A file, with these tokens: the owner's where its bytes are the same or it holds the owner's texts."""
        made = await self.send(_uncached(carry(document.request, tokens)))
        response = made.response
        if response is None or response.status == TOO_MANY_REQUESTS or response.status >= SERVER_FAULT:
            return Answer(exchange=made, shows="error")
        if document.digest:
            same = digest(response) == document.digest
            return Answer(exchange=made, shows="owner" if same else "nobody")
        said = text_in(response)
        found = tuple(text for text in document.texts if any(form in said for form in spellings(text)))
        return Answer(exchange=made, shows="owner" if found else "nobody", found=found)

    async def send_once(self, request: Request) -> Exchange:
        """Send as it is, and give no pause to an app that says “too many requests”: that is what is asked here."""
        made = await self._stage.driver.fetch(request)
        self._learn(made)
        return made

    async def send(self, request: Request) -> Exchange:
        """Send, and give an app that says “too many requests” the pause it asks for, once."""
        made = await self._stage.driver.fetch(request)
        self._learn(made)
        if made.status != TOO_MANY_REQUESTS:
            return made
        await sleep(min(asked_pause(made.response, usual=USUAL_PAUSE), PATIENCE))
        made = await self._stage.driver.fetch(request)
        self._learn(made)
        return made

    async def visit(self, tab: Tab, exchange: PrivateExchange | None, tokens: TokenSet) -> Answer:
        """Open the page of a private exchange in a live browser and see whose data it and its calls show.

        ``tokens`` are the browser's: those that stand in addresses are its own there.
        """
        first, members = len(tab.recorded()), self._stage.scene.members if exchange else frozenset()
        page = Request(method="GET", url=page_of(exchange, self._stage.scene.start))
        own = tokens.only({key for key in members if key.carrier is Carrier.QUERY})
        await drawn(tab, await tab.go(carry(page, own).url))
        made = await self._answered(tab, first)
        return Answer(exchange=_last_document(made), shows=self._judge(made))

    async def _answered(self, tab: Tab, first: int) -> Sequence[Exchange]:
        """What the page exchanged from ``first`` on, once its private calls have their answers or had time to."""
        made = tab.recorded()[first:]
        for _ in range(LOOKS):
            if not any(_is_awaited(one) and self._is_private(one) for one in _of_the_last_page(made)):
                break
            await sleep(BETWEEN)
            made = tab.recorded()[first:]
        return made

    def _is_private(self, made: Exchange) -> bool:
        return any(same_call(known.request, made.request) for known in self._stage.scene.private)

    def shown(self, recorded: Iterable[Exchange], tokens: TokenSet) -> Shows:
        """Whose data a browser was shown with these very tokens; nobody where no private call went out with them."""
        members = self._stage.scene.members
        return self._judge(
            exchange
            for exchange in recorded
            if exchange.response is not None
            and TokenSet((*cookie_tokens(exchange.request), *token_headers(exchange.request))).same_values(
                tokens, members
            )
            == members
        )

    def _judge(self, made: Iterable[Exchange]) -> Shows:
        """Every recorded exchange that is a known private one is judged by its markers; a known party wins."""
        seen = [
            identify(private.markers, exchange)
            for exchange in made
            for private in self._stage.scene.private
            if same_call(private.request, exchange.request)
        ]
        verdict: Shows
        for verdict in ("owner", "stranger"):
            if verdict in seen:
                return "unclear" if {"owner", "stranger"} <= set(seen) else verdict
        return "error" if seen and all(verdict == "error" for verdict in seen) else "nobody"

    def _learn(self, made: Exchange) -> None:
        """A token handed out in an answer is a secret as well."""
        for value in header_values(made.response.headers, "set-cookie") if made.response else ():
            for line in value.split("\n"):
                if cookie := parse_set_cookie(line):
                    self._stage.redactor.add(cookie.value)


def page_of(exchange: PrivateExchange | None, start: str) -> str:
    """The address of the page that makes the private request: itself, or the page whose script asks for it."""
    if exchange is None:
        return start
    own = exchange.kind == "page" and exchange.request.method.upper() == "GET"
    return exchange.request.url if own else exchange.page or start


def _of_the_last_page(made: Sequence[Exchange]) -> Sequence[Exchange]:
    """From the last page on: what one that was left had asked for is answered to nobody."""
    pages = [number for number, one in enumerate(made) if one.navigation]
    return made[pages[-1] :] if pages else made


def _is_awaited(made: Exchange) -> bool:
    """Whether there is no answer yet, or its head alone."""
    head = made.response is not None and made.response.truncated and not made.response.body
    return head or (made.response is None and made.error == UNDER_WAY)


def _handed_out(renewal: Renewal, exchange: Exchange) -> TokenSet:
    """The token that the answer holds at its place, as the header that carries it; none where it holds none."""
    if exchange.response is None or exchange.status not in range(200, 300):
        return TokenSet()
    found = (leaf.value for leaf in leaves(exchange.response) if leaf.place == renewal.place)
    carrier, name = renewal.key.carrier, renewal.key.name
    return TokenSet(
        tuple(
            Token(carrier=carrier, name=name, value=value, scheme=renewal.scheme) for value in list(found)[:1]
        )
    )


def _said(request: Request, name: str) -> tuple[tuple[str, str], ...]:
    value = request.header(name)
    return ((name, value),) if value else ()


def same_call(known: Request, made: Request) -> bool:
    """Whether a recorded request is the known one: method, host, path and the names in its query.

    Values may vary (a timestamp), and so may bodies: whose data an answer shows is judged by its markers.
    """
    one, two = urlsplit(known.url), urlsplit(made.url)
    if (known.method.upper(), one.netloc, one.path) != (made.method.upper(), two.netloc, two.path):
        return False
    return _names(one.query) <= _names(two.query)


def _names(query: str) -> frozenset[str]:
    return frozenset(name for name, _ in parse_qsl(query, keep_blank_values=True))


def _uncached(request: Request) -> Request:
    for name in ("If-None-Match", "If-Modified-Since", "Range", "If-Range"):
        request = request.with_header(name, None)
    return request.with_header("Cache-Control", "no-cache").with_header("Pragma", "no-cache")


def _busted(url: str) -> str:
    return f"{url}{'&' if urlsplit(url).query else '?'}_={secrets.token_hex(4)}"


def _last_document(made: Iterable[Exchange]) -> Exchange:
    pages = [exchange for exchange in made if exchange.navigation]
    return (
        pages[-1]
        if pages
        else Exchange(request=Request(method="GET", url="about:blank"), error="no page loaded")
    )
