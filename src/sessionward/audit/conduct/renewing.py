"""Which cookies are traded for a token: an app may carry its login in a header, and renew that by a cookie alone.

Whoever holds such a cookie is as good as logged in, though it opens nothing itself. To try one may use it up, so that a
session is spent on it that is ended right afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sessionward.audit.calibrate.addresses import described
from sessionward.audit.calibrate.words import UUID, is_opaque
from sessionward.audit.perform.book import Entry
from sessionward.audit.perform.performer import Performer
from sessionward.audit.scene import PrivateExchange, Renewal
from sessionward.http import Carrier, TokenKey, TokenSet
from sessionward.http.carry import path_fits

MOST = 2
"""So many requests that hand out tokens are tried, and so many cookies singly for each."""
WORD = re.compile(r"[A-Za-z0-9+/_.~%|-]+")
"""A value in JSON, in a form or in XML."""


async def learn_renewals(
    performer: Performer, entry: Entry, renewals: Iterable[Renewal]
) -> tuple[PrivateExchange, ...]:
    """The oracle as it is opened by way of each renewal, with the cookies that suffice for it.

    A renewal counts where those cookies lead to the owner's data, while random ones and none do not. Raises
    DriverError.
    """
    found = []
    for renewal in list(renewals)[:MOST]:
        oracle = performer.stage.scene.oracle
        if renewal.key not in oracle.members or not _bare(renewal):
            continue
        if way := await _proven(
            performer, entry, replace(oracle, id=f"{oracle.id} renewed", renewal=renewal)
        ):
            found.append(way)
    return tuple(found)


async def _proven(performer: Performer, entry: Entry, way: PrivateExchange) -> PrivateExchange | None:
    for keys in _sets(entry.session.tokens, way):
        held, seed = entry.session.tokens.only(keys), performer.stage.scene.seed
        for tokens in (TokenSet(), held.scrambled(keys, seed=seed)):
            if (await performer.replayer.replay(way, tokens)).shows != "nobody":
                return None
        answer = await performer.replayer.replay(way, held)
        await performer.follow(held, answer.tokens)
        if answer.shows == "owner":
            return replace(way, members=keys)
    return None


def _sets(tokens: TokenSet, way: PrivateExchange) -> Iterator[frozenset[TokenKey]]:
    """The likeliest cookies singly, then all of them: one that does not suffice is not used up."""
    if way.renewal is None:
        return
    path, rest = way.renewal.request.path, way.members - {way.renewal.key}
    cookies = [token for token in tokens if token.carrier is Carrier.COOKIE and path_fits(path, token.path)]
    likely = sorted(cookies, key=lambda one: (not one.http_only, not is_opaque(one.value), one.name))
    ranked = [token.key for token in likely if token.key not in rest]
    for key in ranked[:MOST]:
        yield rest | {key}
    if len(ranked) > 1:
        yield rest | frozenset(ranked)


def _bare(renewal: Renewal) -> bool:
    """Whether its body says no secret: what stands there would be used up, and is no cookie's doing."""
    body = (renewal.request.body or b"").decode("utf-8", errors="replace")
    return not any(is_opaque(word) or UUID.fullmatch(word) for word in WORD.findall(body))


def traded(ways: Iterable[PrivateExchange]) -> Iterator[str]:
    """What was learnt, for a reader."""
    for way in ways:
        if way.renewal is not None:
            yield f"{way.channel} opens the account as well: {described(way.renewal.request)} trades it for a token."
