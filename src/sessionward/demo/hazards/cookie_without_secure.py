"""Cookies are set without Secure, because a test machine had no https.

One http address, typed or linked, and the cookie goes over the network for everybody to read. Without Secure there is
no __Host- name either.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, cookies_marked_secure=False))


HAZARD = Hazard(
    id="cookie-without-secure",
    title="The cookie goes along over plain http",
    apply=_apply,
)
