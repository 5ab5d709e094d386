"""Which tokens are needed: delta debugging over cookies, headers and query parameters.

ddmin (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002) finds a set from which nothing
can be left out. Tokens that look like a session come first, so that theirs is the set found where several suffice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence

from sessionward.audit.calibrate.oracle import Court, Holders, Trial
from sessionward.audit.calibrate.words import is_opaque
from sessionward.http import Carrier, TokenKey, TokenSet
from sessionward.http.carry import keys_in
from sessionward.http.jwt import parse_jwt

Keys = frozenset[TokenKey]
Opens = Callable[[Keys], Awaitable[bool]]

MOST_TESTS = 24
"""Tests for one set; beyond, what was found by then is sufficient, though perhaps not smallest."""

MOST_SETS = 3
GUESSES = 2
HALVES = 2
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


async def smallest(keys: Sequence[TokenKey], opens: Opens) -> Keys:
    """A subset of ``keys`` that opens and from which nothing can be left out; ``keys`` itself must open.

    Nothing at all is known not to open. Earlier keys are kept where there is a choice.
    """
    current, parts = tuple(keys), 2
    while len(current) > 1:
        chunks = list(_split(current, parts))
        tried = (
            [*chunks, *(_less(current, chunk) for chunk in reversed(chunks))] if parts > HALVES else chunks
        )
        found = await _first(tried, opens)
        if found is not None:
            parts = 2 if found in chunks else max(parts - 1, 2)
            current = found
        elif parts >= len(current):
            break
        else:
            parts = min(parts * 2, len(current))
    return frozenset(current)


def _split(keys: Sequence[TokenKey], parts: int) -> Iterator[tuple[TokenKey, ...]]:
    size, extra = divmod(len(keys), parts)
    start = 0
    for part in range(parts):
        end = start + size + (part < extra)
        yield tuple(keys[start:end])
        start = end


def _less(keys: Sequence[TokenKey], chunk: Sequence[TokenKey]) -> tuple[TokenKey, ...]:
    return tuple(key for key in keys if key not in chunk)


async def _first(tried: Sequence[tuple[TokenKey, ...]], opens: Opens) -> tuple[TokenKey, ...] | None:
    for keys in tried:
        if await opens(frozenset(keys)):
            return keys
    return None


async def authentication_sets(court: Court, trial: Trial) -> tuple[Keys, ...]:
    """The sets of tokens of which each suffices on its own, the most session-like first.

    Sets that share a token are found only once: what is left without the first set is searched for the next.
    """
    holder = court.holders.owner
    travelling = keys_in(trial.candidate.request, holder.tokens.only(trial.keys))
    rest = by_likeness(court.holders, travelling)
    sets: list[Keys] = []
    while rest and len(sets) < MOST_SETS:
        opens = remembered(court, trial)
        if sets and not await opens(frozenset(rest)):
            break
        found = await _guess(rest, court.holders, opens)
        sets.append(found)
        rest = tuple(key for key in rest if key not in found)
    return tuple(sets)


async def _guess(keys: Sequence[TokenKey], holders: Holders, opens: Opens) -> Keys:
    """The smallest set, after a look whether a likely single token is one."""
    for key in keys[:GUESSES]:
        if await opens(frozenset({key})):
            return frozenset({key})
    session = holders.session_keys()
    likely = tuple(key for key in keys if key in session)
    if 0 < len(likely) < len(keys) and await opens(frozenset(likely)):
        return await smallest(likely, opens)
    return await smallest(keys, opens)


def remembered(court: Court, trial: Trial) -> Opens:
    """Whether some tokens of the owner alone are shown the owner; each set is asked about once."""
    answers: dict[Keys, bool] = {frozenset(): False}

    async def opens(keys: Keys) -> bool:
        if keys not in answers:
            if len(answers) > MOST_TESTS:
                return False
            exchange = await court.replayer.ask_as(court.holders.owner, trial.candidate.request, keys)
            answers[keys] = trial.shows(exchange) == "owner"
        return answers[keys]

    return opens


async def opening(court: Court, trial: Trial, sets: Sequence[Keys]) -> Keys | None:
    """The first of some sets that opens this exchange too, less what this one does not need."""
    opens = remembered(court, trial)
    for keys in sets:
        if keys <= trial.keys and await opens(keys):
            for key in sorted(keys) if len(keys) > 1 else ():
                if await opens(keys - {key}):
                    return await smallest(tuple(sorted(keys - {key})), opens)
            return keys
    return None


def by_likeness(holders: Holders, keys: Keys) -> tuple[TokenKey, ...]:
    """The places of tokens, the most session-like first."""
    session = holders.session_keys()
    return tuple(sorted(keys, key=lambda key: (-_likeness(holders.owner.tokens, key, session), key)))


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
