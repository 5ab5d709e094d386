"""Web tokens were to end idle sessions: they are good for half a minute. Then the clocks of two servers differed.

Since that day the end is not looked at, and as tokens had ends, sessions have none of their own.

"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.token_scheme import TokenScheme
from sessionward.demo.home_made.web_tokens import WebTokens

LIFETIME = 30.0


def _tokens() -> TokenScheme:
    return WebTokens(lifetime=LIFETIME, enforces_end=False).scheme()


def _apply(settings: Settings) -> Settings:
    protections = replace(settings.protections, tokens=_tokens)
    return replace(settings, inactivity_timeout=None, absolute_lifetime=None, protections=protections)


HAZARD = Hazard(
    id="jwt-expiry-not-enforced",
    title="A JSON Web Token is good after its end",
    implies={
        "idle-timeout-missing": "the end of the token was to be the idle timeout, and it is not looked at",
        "absolute-timeout-missing": "only tokens have an end here, and it is not looked at",
    },
    apply=_apply,
)
