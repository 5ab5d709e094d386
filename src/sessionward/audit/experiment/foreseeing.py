"""From a sample to tokens that nobody was given: models for each place, and what they say of the next login."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from sessionward.audit.experiment.forecast import Forecast, Seen, forecast
from sessionward.audit.experiment.token_samples import of_party, swapped
from sessionward.audit.observation import Sampled, Samples
from sessionward.audit.scene import Scene
from sessionward.http import TokenKey, TokenSet

BEFORE = 3
"""So many wrong candidates are tried before the right one, to be seen refused; a real attacker tries them all."""


def forecasts(scene: Scene, taken: Samples, keys: Iterable[TokenKey]) -> dict[TokenKey, Forecast]:
    """A model for each of these places; nothing where one of them has none, as a thief needs them all.

    All logins, whoever logged in; else the second account's alone, where each account counts for itself.
    """
    for logins in (taken.logins, of_party(taken, "stranger")):
        found = {key: forecast([seen_at(scene, login, key) for login in logins]) for key in keys}
        models = {key: model for key, model in found.items() if model is not None}
        if models and len(models) == len(found):
            return models
    return {}


def foreseen(
    scene: Scene, models: Mapping[TokenKey, Forecast], mine: Sampled, theirs: Sampled
) -> Iterator[TokenSet]:
    """Tokens for the second account's login: from the attacker's own before it, and from when that login was made.

    What it was really given only says which of them need not be tried: those far before and all behind it.
    """
    each = [
        [(key, value) for value in model.candidates(seen_at(scene, mine, key), seen_at(scene, theirs, key))]
        for key, model in models.items()
    ]
    real = {key: token.value for key in models if (token := theirs.tokens.get(key))}
    tried: list[dict[TokenKey, str]] = []
    for values in itertools.islice(itertools.product(*each), 5000):
        tried = [*tried[-BEFORE:], dict(values)]
        if tried[-1] == real:
            for guess in tried:
                yield _with(mine.tokens, guess)
            return


def neighbours(tokens: TokenSet, keys: Iterable[TokenKey]) -> Iterator[TokenSet]:
    """The tokens with another last letter or digit: what a generator that counts would have given next."""
    for step in (1, -1, 2):
        yield _with(tokens, {key: _moved(token.value, step) for key in keys if (token := tokens.get(key))})


def seen_at(scene: Scene, login: Sampled, key: TokenKey) -> Seen:
    """One login as a model sees it."""
    token, party = login.tokens.get(key), scene.parties.get(login.party)
    username = party.username if party else login.party
    names = (username, username.partition("@")[0])
    return Seen(text=token.value if token else "", sent=login.sent, answered=login.answered, names=names)


def _moved(text: str, step: int) -> str:
    for number in range(len(text) - 1, -1, -1):
        moved = chr(ord(text[number]) + step) if text[number].isalnum() else ""
        if moved.isascii() and moved.isalnum():
            return text[:number] + moved + text[number + 1 :]
    return text + "0"


def _with(tokens: TokenSet, values: Mapping[TokenKey, str]) -> TokenSet:
    for key, value in values.items():
        tokens = swapped(tokens, key, value)
    return tokens
