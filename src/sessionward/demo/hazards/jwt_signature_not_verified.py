"""The web token in the cookie is decoded and never verified: the gateway in front was to do that, and is gone.

The account is read from it. Any login becomes any account.

"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.token_scheme import TokenScheme
from sessionward.demo.home_made.web_tokens import WebTokens

LIFETIME = 12 * 3600.0


def _tokens() -> TokenScheme:
    return WebTokens(lifetime=LIFETIME, verifies=False).scheme()


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tokens=_tokens))


HAZARD = Hazard(
    id="jwt-signature-not-verified",
    title="The signature of a JSON Web Token is not verified",
    implies={
        "client-controlled-identity": "the account is read from claims that the browser may rewrite",
    },
    apply=_apply,
)
