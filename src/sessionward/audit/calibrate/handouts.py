"""Requests that hand out new tokens, such as POST /auth/refresh. They are noted, never made again.

To make one again may use up the token it needs, and some apps then end the whole family of tokens.
"""

from __future__ import annotations

from collections.abc import Iterable

from sessionward.audit.calibrate.addresses import LEAVING, pattern
from sessionward.audit.calibrate.candidates import template
from sessionward.audit.calibrate.leaves import leaves
from sessionward.audit.calibrate.material import Material, Witness
from sessionward.audit.calibrate.words import stands_in_any
from sessionward.http import Exchange, Request
from sessionward.http.carry import token_headers

SHORTEST = 8


def renewals(material: Material, queries: Iterable[str] = ()) -> tuple[Request, ...]:
    """The requests, without their tokens, that were answered with a token the app then sent along."""
    names = tuple(queries)
    found: dict[str, Request] = {}
    for witness in (material.owner, material.owner_again):
        secrets = _sent_along(witness)
        for exchange in witness.exchanges:
            if _hands_out(exchange, secrets) and not _logs_in(exchange, material):
                request = template(exchange.request, names)
                found.setdefault(pattern(request), request)
    return tuple(found.values())


def _sent_along(witness: Witness) -> frozenset[str]:
    """The values of headers that the app's scripts added."""
    headers = (token for exchange in witness.exchanges for token in token_headers(exchange.request))
    held = (token for token in witness.tokens if token.scheme)
    return frozenset(token.value for token in (*headers, *held) if len(token.value) >= SHORTEST)


def _hands_out(exchange: Exchange, secrets: frozenset[str]) -> bool:
    if (
        exchange.response is None
        or exchange.status not in range(200, 300)
        or LEAVING.search(exchange.request.path)
    ):
        return False
    if exchange.request.safe or "json" not in exchange.response.media_type:
        return False
    return any(leaf.value in secrets for leaf in leaves(exchange.response))


def _logs_in(exchange: Exchange, material: Material) -> bool:
    """Whether the request names the account: then it is the login itself."""
    body = (exchange.request.body or b"").decode("utf-8", errors="replace")
    return stands_in_any(material.known_of("owner"), body)
