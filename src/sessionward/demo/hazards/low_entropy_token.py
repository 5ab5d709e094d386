"""Tokens were shortened to eight digits and letters, so that the reception can read them out on the telephone.

That is 32 bits: with some thousand sessions alive, a stranger's script meets one within days.

"""

import secrets
from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.token_scheme import Holder, TokenScheme


def _make(_holder: Holder | None) -> str:
    return secrets.token_hex(4)


def _tokens() -> TokenScheme:
    return TokenScheme(make=_make)


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tokens=_tokens))


HAZARD = Hazard(
    id="low-entropy-token",
    title="A token is short enough to be found by trying",
    apply=_apply,
)
