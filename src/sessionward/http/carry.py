"""Taking tokens out of requests and putting others in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sessionward.http.cookie import Cookie
from sessionward.http.exchange import Exchange, Request, header
from sessionward.http.token import Carrier, Token, TokenKey, TokenSet

ORDINARY = frozenset(
    """accept accept-charset accept-encoding accept-language access-control-request-headers
    access-control-request-method cache-control connection content-length content-type cookie dnt dpr expect
    host if-match if-modified-since if-none-match if-range if-unmodified-since keep-alive origin pragma priority
    proxy-connection purpose range referer save-data te transfer-encoding upgrade upgrade-insecure-requests
    user-agent via viewport-width x-requested-with""".split()
)
"""Request headers that browsers and libraries set by themselves: they carry no login."""

SCHEMES = frozenset({"bearer", "basic", "token", "jwt", "dpop", "digest", "apikey"})


def token_headers(request: Request) -> tuple[Token, ...]:
    """What an app's own scripts added to the headers of a request."""
    found = []
    for name, value in request.headers:
        lower = name.lower()
        if lower in ORDINARY or lower.startswith(("sec-", ":")) or not value:
            continue
        scheme, _, rest = value.partition(" ")
        known = bool(rest) and scheme.lower() in SCHEMES
        found.append(
            Token(
                carrier=Carrier.HEADER,
                name=lower,
                value=rest if known else value,
                scheme=scheme if known else "",
            )
        )
    return tuple(found)


def collect(
    cookies: Iterable[Cookie], exchanges: Iterable[Exchange], queries: Iterable[str] = ()
) -> TokenSet:
    """Everything in one browser that may carry a login: its cookies, the last value of each header its scripts
    added, and the query parameters called ``queries``."""
    wanted = frozenset(queries)
    tokens: list[Token] = []
    for exchange in exchanges:
        tokens.extend(token_headers(exchange.request))
        for name, value in parse_qsl(urlsplit(exchange.request.url).query):
            if name in wanted and value:
                tokens.append(Token(carrier=Carrier.QUERY, name=name, value=value))
    tokens.extend(cookie_token(cookie) for cookie in cookies)
    return TokenSet(tuple(tokens))


def cookie_token(cookie: Cookie) -> Token:
    """A cookie as a token."""
    return Token(
        carrier=Carrier.COOKIE,
        name=cookie.name,
        value=cookie.value,
        path=cookie.path,
        expires=cookie.expires,
        http_only=cookie.http_only,
        secure=cookie.secure,
    )


def cookie_tokens(request: Request) -> tuple[Token, ...]:
    """The cookies in a request's Cookie header."""
    line = header(request.headers, "cookie") or ""
    pairs = (pair.strip().partition("=") for pair in line.split(";") if "=" in pair)
    return tuple(Token(carrier=Carrier.COOKIE, name=name, value=value) for name, _, value in pairs)


def bare(request: Request, queries: Iterable[str] = ()) -> Request:
    """The request without anything that may carry a login."""
    names = {token.name for token in token_headers(request)} | {"cookie"}
    headers = tuple((name, value) for name, value in request.headers if name.lower() not in names)
    return replace(request, headers=headers, url=_without_queries(request.url, frozenset(queries)))


def carry(request: Request, tokens: TokenSet) -> Request:
    """The request with exactly these tokens, and no others of its own in cookies or added headers.

    A cookie is sent only where its path fits (RFC 6265, section 5.1.4).
    """
    queries = {token.name for token in tokens if token.carrier is Carrier.QUERY}
    plain = bare(request, queries)
    headers, url = list(plain.headers), plain.url
    cookies = [t for t in tokens if t.carrier is Carrier.COOKIE and path_fits(plain.path, t.path)]
    if cookies:
        headers.append(("Cookie", "; ".join(f"{token.name}={token.value}" for token in cookies)))
    for token in tokens:
        if token.carrier is Carrier.HEADER:
            headers.append((token.name, f"{token.scheme} {token.value}" if token.scheme else token.value))
        elif token.carrier is Carrier.QUERY:
            url = _with_query(url, token.name, token.value)
    return replace(plain, headers=tuple(headers), url=url)


def with_queries(url: str, tokens: TokenSet) -> str:
    """The address with the values of these query tokens in place of those that it has; the same where it has none."""
    own = {token.name: token.value for token in tokens if token.carrier is Carrier.QUERY}
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name in own for name, _ in pairs):
        return url
    return urlunsplit(
        parts._replace(query=urlencode([(name, own.get(name, value)) for name, value in pairs]))
    )


def path_fits(path: str, cookie_path: str) -> bool:
    """Whether a cookie of that path goes along (RFC 6265, section 5.1.4)."""
    return path == cookie_path or (
        path.startswith(cookie_path) and (cookie_path.endswith("/") or path[len(cookie_path)] == "/")
    )


def keys_in(request: Request, tokens: TokenSet) -> frozenset[TokenKey]:
    """The places of those tokens that a request would carry."""
    return carry_keys(carry(request, tokens), tokens)


def carry_keys(request: Request, tokens: TokenSet) -> frozenset[TokenKey]:
    """Which of the tokens stand in the request as it is, by place and value."""
    present = {(t.key, t.value) for t in (*cookie_tokens(request), *token_headers(request))}
    present |= {
        (TokenKey(Carrier.QUERY, name), value) for name, value in parse_qsl(urlsplit(request.url).query)
    }
    return frozenset(token.key for token in tokens if (token.key, token.value) in present)


def _without_queries(url: str, names: frozenset[str]) -> str:
    if not names:
        return url
    parts = urlsplit(url)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in names
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _with_query(url: str, name: str, value: str) -> str:
    parts = urlsplit(url)
    pairs = [*parse_qsl(parts.query, keep_blank_values=True), (name, value)]
    return urlunsplit(parts._replace(query=urlencode(pairs)))
