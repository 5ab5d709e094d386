"""The generator is seeded once, and each new worker begins with a copy of its state.

A worker is replaced after seven logins. The next one then gives out the same seven tokens again, to other people.

"""

import itertools
import random
from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.token_scheme import Holder, TokenScheme
from sessionward.demo.random_tokens import new_token

LOGINS_EACH = 7
"""Logins that a worker lives for."""


def _tokens() -> TokenScheme:
    seed, logins = new_token(), itertools.count()

    def make(holder: Holder | None) -> str:
        if holder is None:
            return new_token()
        worker = random.Random(seed)  # noqa: S311 — that is the flaw
        drawn = [worker.randbytes(24).hex() for _ in range(LOGINS_EACH)]
        return drawn[next(logins) % LOGINS_EACH]

    return TokenScheme(make=make)


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tokens=_tokens))


HAZARD = Hazard(
    id="duplicate-token",
    title="Two people are given the same token",
    apply=_apply,
)
