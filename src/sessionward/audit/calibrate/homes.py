"""For a further account a request whose answer shows that it is logged in, with what tells it from all others."""

from __future__ import annotations

from collections.abc import Iterable

from sessionward.audit.calibrate.addresses import described
from sessionward.audit.calibrate.hearing import Asker
from sessionward.audit.calibrate.markers import Side, find_markers
from sessionward.audit.calibrate.replayer import Fetch
from sessionward.audit.calibrate.worth import repeated_texts
from sessionward.audit.scene import PrivateExchange
from sessionward.http import Exchange, Request, Response, TokenKey, TokenSet
from sessionward.http.carry import carry

MOST_TRIED = 8


async def home_of(
    asker: Asker,
    requests: Iterable[Request],
    others: Iterable[TokenSet],
    members: frozenset[TokenKey],
    known: tuple[str, ...],
    fetch: Fetch,
) -> PrivateExchange | None:
    """The first of the requests, few of which are tried, that shows this account to its tokens and to no others.

    ``others`` are the tokens of other accounts; ``known`` are texts that name this one. Where the app calls it by none
    of them, what stands on several of its pages and on none of the others' tells it as well.
    """
    rest = tuple(others)
    for request in tuple(dict.fromkeys(requests))[:MOST_TRIED]:
        mine = [await fetch(carry(request, asker.tokens)) for _ in range(2)]
        if any(exchange.response is None or exchange.status not in range(200, 300) for exchange in mine):
            continue
        theirs = [await fetch(carry(request, tokens)) for tokens in (*rest, TokenSet())]
        foreign = tuple(exchange.text for exchange in theirs)
        marks = find_markers(
            Side(
                known=known,
                request=request,
                with_it=_responses(mine),
                without=foreign,
                repeated=repeated_texts(asker.seen, asker.seen, foreign),
            )
        )
        if marks.texts and not marks.weak:
            return PrivateExchange(
                id=described(request), request=request, members=members, markers={asker.party: marks.texts}
            )
    return None


def _responses(exchanges: Iterable[Exchange]) -> tuple[Response, ...]:
    return tuple(exchange.response for exchange in exchanges if exchange.response is not None)
