"""Which tokens are needed: delta debugging over cookies, headers and query parameters.

Only complements are tried (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002), the least
session-like tokens left out first: a part of the tokens that lacks one of the session's own may end the session for
good, so such tests come last and few. What remains is a set from which nothing can be left out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from sessionward.audit.calibrate.oracle import Court, Holders, Trial
from sessionward.audit.calibrate.words import is_opaque
from sessionward.http import Carrier, TokenKey, TokenSet
from sessionward.http.carry import keys_in
from sessionward.http.jwt import parse_jwt

Keys = frozenset[TokenKey]
Opens = Callable[[Keys], Awaitable[bool]]

MOST_SETS = 3
SESSION_NAMES = ("sess", "sid", "auth", "jwt", "token", "login", "ticket", "identity")
OTHER_NAMES = (
    "csrf",
    "xsrf",
    "lang",
    "theme",
    "consent",
    "_ga",
    "_gid",
    "_pk_",
    "remember",
    "refresh",
    "persist",
    "device",
)


class SessionLost(Exception):
    """Without some of its tokens the app ended the session. ``kept`` is the smallest set that was seen to suffice."""

    def __init__(self, kept: Keys) -> None:
        super().__init__("a part of the tokens ended the session")
        self.kept = kept


async def smallest(keys: Sequence[TokenKey], opens: Opens) -> Keys:
    """A subset of ``keys`` that opens and from which nothing can be left out; ``keys`` itself must open.

    Nothing at all is known not to open. Earlier keys are kept where there is a choice. Raises SessionLost where
    ``opens`` stopped being true of what it was true of before.
    """
    kept, unsettled = tuple(keys), len(keys)
    size = max(len(keys) // 2, 1)
    while unsettled and len(kept) > 1:
        size = min(size, unsettled)
        less = kept[: unsettled - size] + kept[unsettled:]
        if less and await opens(frozenset(less)):
            kept, unsettled = less, unsettled - size
        elif less and not await opens(frozenset(kept)):
            raise SessionLost(frozenset(kept))
        elif size > 1:
            size //= 2
        else:
            unsettled -= 1
    return frozenset(kept)


async def authentication_sets(court: Court, trial: Trial) -> tuple[Keys, ...]:
    """The sets of tokens of which each suffices on its own, the most session-like first.

    Sets that share a token are found only once: what is left without the first set is searched for the next.
    Raises SessionLost.
    """
    holder = court.holders.owner
    travelling = keys_in(trial.candidate.request, holder.tokens.only(trial.keys))
    rest, sets, opens = by_likeness(court.holders, travelling), list[Keys](), opener(court, trial)
    while rest and len(sets) < MOST_SETS:
        if sets and not await opens(frozenset(rest)):
            break
        found = await smallest(rest, opens)
        sets.append(found)
        rest = tuple(key for key in rest if key not in found)
    return tuple(sets)


def opener(court: Court, trial: Trial) -> Opens:
    """Whether some tokens of the owner alone are shown the owner."""

    async def opens(keys: Keys) -> bool:
        exchange = await court.replayer.ask_as(court.holders.owner, trial.candidate.request, keys)
        return trial.shows(exchange) == "owner"

    return opens


async def opening(court: Court, trial: Trial) -> Keys | None:
    """The first of the sets found before that opens this exchange too, less what this one does not need."""
    opens = opener(court, trial)
    for keys in court.sets:
        shown = keys == trial.opened and trial.shows(dict(trial.answers)["owner later"]) == "owner"
        if shown or (keys <= trial.keys and await opens(keys)):
            if len(keys) == 1 or court.fragile:
                return keys
            return await smallest(by_likeness(court.holders, keys), opens)
    return None


def by_likeness(holders: Holders, keys: Keys) -> tuple[TokenKey, ...]:
    """The places of tokens, the most session-like first.

    What every login alone brought comes before what only the explored browser holds, such as a header that one page's
    script adds: an experiment has it from each login without a search for that page.
    """
    session = holders.session_keys()
    each = holders.owner_again.tokens.keys & holders.stranger.tokens.keys
    return tuple(
        sorted(keys, key=lambda key: (key not in each, -_likeness(holders.owner.tokens, key, session), key))
    )


def _likeness(tokens: TokenSet, key: TokenKey, session: Keys) -> int:
    token = tokens.get(key)
    if token is None:
        return -9
    name = key.name.lower()
    score = 4 if key in session else -4
    score += 3 if key.carrier is Carrier.HEADER and (token.scheme or parse_jwt(token.value)) else 0
    score += 2 if token.http_only else 0
    score += 2 if any(word in name for word in SESSION_NAMES) else 0
    score -= 3 if any(word in name for word in OTHER_NAMES) else 0
    score += 1 if is_opaque(token.value) else 0
    return score - (1 if token.expires is not None else 0)
