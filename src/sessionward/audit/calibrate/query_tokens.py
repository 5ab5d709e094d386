"""Query parameters that may carry a login: one value throughout a login, another in the next, given out by the app."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from sessionward.audit.calibrate.material import Witness
from sessionward.audit.calibrate.words import is_moment
from sessionward.http import Carrier, Exchange, Token, TokenSet
from sessionward.http.exchange import header_values

SHORTEST = 8
RENEWALS = 2
"""A token may have been renewed so often while it was watched; what has more values names requests, not a session."""


def query_token_names(owner: Witness, owner_again: Witness) -> tuple[str, ...]:
    """The names of such parameters, sorted."""
    first, second = _values(owner.exchanges), _values(owner_again.exchanges)
    return tuple(
        name
        for name in sorted(first.keys() & second.keys())
        if not first[name] & second[name]
        and len(first[name]) <= RENEWALS
        and all(_given_out(value, owner) for value in first[name])
        and all(_given_out(value, owner_again) for value in second[name])
    )


def with_query_tokens(witness: Witness, names: Iterable[str]) -> TokenSet:
    """Everything the witness holds, the last value of each of those parameters included."""
    wanted = frozenset(names)
    found = (
        Token(carrier=Carrier.QUERY, name=name, value=value)
        for exchange in witness.exchanges
        for name, value in parse_qsl(urlsplit(exchange.request.url).query)
        if name in wanted
    )
    return witness.tokens.merged(TokenSet(tuple(found)))


def _values(exchanges: Iterable[Exchange]) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for exchange in exchanges:
        for name, value in parse_qsl(urlsplit(exchange.request.url).query):
            if len(value) >= SHORTEST and not is_moment(value) and " " not in value:
                values.setdefault(name, set()).add(value)
    return values


def _given_out(value: str, witness: Witness) -> bool:
    """Whether the browser had the value from the app: as another token, or from an answer before its first use."""
    if any(
        value in token.value or token.value in value
        for token in witness.tokens
        if len(token.value) >= SHORTEST
    ):
        return True
    for exchange in witness.exchanges:
        if exchange.response is None:
            continue
        if value in exchange.text or any(
            value in line for line in header_values(exchange.response.headers, "location")
        ):
            return True
    return False
