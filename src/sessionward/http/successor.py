"""Which tokens somebody holds after an answer: apps renew cookies, and a remembered login trades one for another."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from sessionward.http.carry import cookie_token
from sessionward.http.cookie import parse_set_cookie
from sessionward.http.exchange import Exchange, header_values
from sessionward.http.token import Carrier, TokenKey, TokenSet


def renewed(tokens: TokenSet, exchange: Exchange) -> TokenSet:
    """The tokens after a browser obeyed the answer's Set-Cookie lines: new values taken, dead cookies dropped.

    The answer's own Date says what "now" is, so that an Expires in the past is known without a clock.
    """
    if exchange.response is None:
        return tokens
    now = answered_at(exchange)
    for value in header_values(exchange.response.headers, "set-cookie"):
        for line in value.split("\n"):
            cookie = parse_set_cookie(line, now=now)
            if cookie is None:
                continue
            dead = not cookie.value or (cookie.expires is not None and cookie.expires <= now)
            tokens = tokens.without({TokenKey(Carrier.COOKIE, cookie.name)})
            if not dead:
                tokens = tokens.merged(TokenSet((cookie_token(cookie),)))
    return tokens


def gained(before: TokenSet, after: TokenSet) -> bool:
    """Whether ``after`` holds a value that ``before`` did not."""
    return bool(after.keys - before.same_values(after, after.keys))


def answered_at(exchange: Exchange) -> float:
    """When the answer was made by its own Date header, in seconds since the epoch; 0 where it has none."""
    date = exchange.response.header("date") if exchange.response else None
    if not date:
        return 0.0
    try:
        return parsedate_to_datetime(date).timestamp()
    except ValueError:
        return 0.0
