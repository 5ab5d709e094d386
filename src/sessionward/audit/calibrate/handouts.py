"""Requests that hand out new tokens, such as POST /auth/refresh. They are noted, not made again here.

To make one again may use up the token it needs, and some apps then end the whole family of tokens: whether a cookie
alone is enough for it is tried with a login of its own (``sessionward.audit.conduct.renewing``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sessionward.audit.calibrate.addresses import LEAVING, pattern
from sessionward.audit.calibrate.candidates import template
from sessionward.audit.calibrate.leaves import leaves
from sessionward.audit.calibrate.material import Material, Witness
from sessionward.audit.calibrate.words import stands_in_any
from sessionward.audit.scene import Renewal
from sessionward.http import Exchange, Token
from sessionward.http.carry import token_headers

SHORTEST = 8


def renewals(material: Material, queries: Iterable[str] = ()) -> tuple[Renewal, ...]:
    """The requests, without their tokens, that were answered with a token the app then sent along."""
    names = tuple(queries)
    found: dict[str, Renewal] = {}
    for witness in (material.owner, material.owner_again):
        secrets = _sent_along(witness)
        for exchange in witness.exchanges:
            handed = _handed_out(exchange, secrets)
            if handed and not _logs_in(exchange, material):
                request, (place, token) = template(exchange.request, names), handed
                renewal = Renewal(request=request, place=place, key=token.key, scheme=token.scheme)
                found.setdefault(pattern(request), renewal)
    return tuple(found.values())


def _sent_along(witness: Witness) -> dict[str, Token]:
    """The headers that the app's scripts added, by their values."""
    headers = (token for exchange in witness.exchanges for token in token_headers(exchange.request))
    held = (token for token in witness.tokens if token.scheme)
    return {token.value: token for token in (*headers, *held) if len(token.value) >= SHORTEST}


def _handed_out(exchange: Exchange, secrets: Mapping[str, Token]) -> tuple[str, Token] | None:
    """Where in the answer a token stands that was sent along, and that token."""
    if (
        exchange.response is None
        or exchange.status not in range(200, 300)
        or LEAVING.search(exchange.request.path)
    ):
        return None
    if exchange.request.safe or "json" not in exchange.response.media_type:
        return None
    found = ((leaf.place, secrets[leaf.value]) for leaf in leaves(exchange.response) if leaf.value in secrets)
    return next(found, None)


def _logs_in(exchange: Exchange, material: Material) -> bool:
    """Whether the request names the account: then it is the login itself."""
    body = (exchange.request.body or b"").decode("utf-8", errors="replace")
    return stands_in_any(material.known_of("owner"), body)
