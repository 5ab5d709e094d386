"""Making requests again on behalf of a party, within a bound, and noticing what makes that impossible."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace

from sessionward.audit.scene import SERVER_FAULT, TOO_MANY_REQUESTS
from sessionward.http import Carrier, Exchange, Request, TokenKey, TokenSet, parse_set_cookie
from sessionward.http.carry import carry, carry_keys
from sessionward.http.cookie import Cookie
from sessionward.http.exchange import header_values

BUDGET = 150
SILENT = 3
"""So many requests in a row without an answer: the app is gone."""

UNAVAILABLE = 503

Fetch = Callable[[Request], Awaitable[Exchange]]


class Halted(Exception):
    """No more requests can be made; the message is one sentence for a person."""


class Throttled(Halted):
    """The app said that there were too many requests."""


class Unreachable(Halted):
    """The app stopped answering."""


class OutOfRequests(Halted):
    """The bound on requests is reached; what was found so far still counts."""


@dataclass(slots=True, kw_only=True)
class Holder:
    """The tokens of one logged-in browser, as they are by now. ``rotating`` are the cookies that must be followed."""

    party: str
    tokens: TokenSet = field(repr=False)
    rotating: frozenset[TokenKey] = frozenset()

    def follow(self, exchange: Exchange) -> None:
        """Take over what an answer put in the place of a rotating cookie."""
        fresh = successors(self.tokens, exchange).only(self.rotating)
        if fresh:
            self.tokens = self.tokens.merged(fresh)


def successors(tokens: TokenSet, exchange: Exchange) -> TokenSet:
    """The tokens that an answer put in the place of those among ``tokens`` that the request carried.

    A cookie that the answer sets without its having been sent is the beginning of another session: it is no successor.
    """
    if exchange.response is None:
        return TokenSet()
    sent = carry_keys(exchange.request, tokens)
    fresh = []
    for line in header_values(exchange.response.headers, "set-cookie"):
        cookie = parse_set_cookie(line, now=1.0)
        token = tokens.get(TokenKey(Carrier.COOKIE, cookie.name)) if cookie else None
        if cookie and token and token.key in sent and _renewed(cookie, token.value):
            fresh.append(replace(token, value=cookie.value))
    return TokenSet(tuple(fresh))


def _renewed(cookie: Cookie, value: str) -> bool:
    dropped = cookie.expires is not None and cookie.expires <= 1.0
    return bool(cookie.value) and cookie.value.lower() != "deleted" and cookie.value != value and not dropped


class Replayer:
    """Sends templates with tokens put in. ``spent`` counts the requests.

    Raises Throttled, Unreachable or OutOfRequests, each with a sentence fit for a person.
    """

    def __init__(self, fetch: Fetch, *, budget: int = BUDGET) -> None:
        self.spent = 0
        self._fetch = fetch
        self._budget = budget
        self._silent = 0

    async def ask(self, request: Request, tokens: TokenSet) -> Exchange:
        """The answer to ``request`` with exactly these tokens."""
        if self.spent >= self._budget:
            raise OutOfRequests(f"The bound of {self._budget} requests for calibration was reached.")
        self.spent += 1
        exchange = await self._fetch(carry(request, tokens))
        self._silent = self._silent + 1 if exchange.response is None else 0
        if self._silent >= SILENT:
            raise Unreachable(
                "The app stopped answering while its sessions were being calibrated; is it still up?"
            )
        if _throttles(exchange):
            raise Throttled(
                f"The app answered {exchange.status} (too many requests) after {self.spent} requests of calibration; "
                "raise its rate limit for this machine, or wait and try again."
            )
        return exchange

    async def ask_as(
        self, holder: Holder, request: Request, keys: Iterable[TokenKey] | None = None
    ) -> Exchange:
        """The answer to ``request`` with the holder's tokens, or only those at ``keys``."""
        tokens = holder.tokens if keys is None else holder.tokens.only(keys)
        exchange = await self.ask(request, tokens)
        holder.follow(exchange)
        return exchange


def _throttles(exchange: Exchange) -> bool:
    if exchange.status == TOO_MANY_REQUESTS:
        return True
    response = exchange.response
    return response is not None and response.status == UNAVAILABLE and bool(response.header("retry-after"))


def broken(exchange: Exchange) -> bool:
    """Whether nothing can be read from the answer: none came, or the server failed."""
    return exchange.response is None or exchange.status >= SERVER_FAULT
