"""The web token in the cookie is signed with a word out of a tutorial.

Guessing it takes a second and no request; then a token can be made for anybody.

"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.token_scheme import TokenScheme
from sessionward.demo.home_made.web_tokens import WebTokens

KEY = b"secret"
LIFETIME = 12 * 3600.0


def _tokens() -> TokenScheme:
    return WebTokens(key=KEY, lifetime=LIFETIME).scheme()


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tokens=_tokens))


HAZARD = Hazard(
    id="jwt-weak-secret",
    title="JSON Web Tokens are signed with a word that can be guessed",
    apply=_apply,
)
