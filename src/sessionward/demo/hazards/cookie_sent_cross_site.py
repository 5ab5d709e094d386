"""Cookies say SameSite=None, or nothing by http: somebody wanted the clinic framed in a partner's portal.

Whatever another site sends now comes with the cookie.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, cookies_same_site="none"))


HAZARD = Hazard(
    id="cookie-sent-cross-site",
    title="The cookie goes along with what other sites send",
    apply=_apply,
)
