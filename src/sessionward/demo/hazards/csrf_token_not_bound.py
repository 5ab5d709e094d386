"""Every form brings the same token, made once when the app was installed.

It is compared, and whoever ever opened a page of the clinic knows it. Nothing else is asked, since there is a token.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.home_made.login_sessions import Session

INSTALLED = "5f1d7a84e3c2496bb0d8f6a1907c3e52"


def _of_the_installation(_session: Session) -> str:
    return INSTALLED


def _apply(settings: Settings) -> Settings:
    protections = replace(settings.protections, forgery_token=_of_the_installation, asks_origin=False)
    return replace(settings, protections=protections)


HAZARD = Hazard(
    id="csrf-token-not-bound",
    title="The forgery token of one session is good in another",
    apply=_apply,
)
