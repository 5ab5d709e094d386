"""A token is the hash of a number that goes up with each login. It looks random.

Whoever logs in to an account of his own knows the number, and with it the tokens of those who log in next.

"""

import hashlib
import itertools
from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.token_scheme import Holder, TokenScheme
from sessionward.demo.random_tokens import new_token


def _tokens() -> TokenScheme:
    logins = itertools.count(118)

    def make(holder: Holder | None) -> str:
        if holder is None:
            return new_token()
        return hashlib.md5(str(next(logins)).encode(), usedforsecurity=False).hexdigest()

    return TokenScheme(make=make)


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tokens=_tokens))


HAZARD = Hazard(
    id="predictable-token",
    title="The next token can be computed from one's own",
    apply=_apply,
)
