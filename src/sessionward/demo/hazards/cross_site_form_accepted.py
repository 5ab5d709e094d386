"""The portal's forms were exempted when a partner's page had to send bookings here, and the cookie goes along.

For the partner the cookie was made SameSite=None. Every other site's form now acts in the visitor's name too.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard

EXEMPT = frozenset({"/appointments", "/messages", "/profile"})


def _apply(settings: Settings) -> Settings:
    unguarded = settings.protections.unguarded_forms | EXEMPT
    protections = replace(settings.protections, unguarded_forms=unguarded, cookies_same_site="none")
    return replace(settings, protections=protections)


HAZARD = Hazard(
    id="cross-site-form-accepted",
    title="Another site's form changes the visitor's data",
    implies={
        "cookie-sent-cross-site": "the cookie was made to go along with what other sites send",
        "csrf-token-not-bound": "these forms ask for no token, so that of another session does as well",
    },
    apply=_apply,
)
