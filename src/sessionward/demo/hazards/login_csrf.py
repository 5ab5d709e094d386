"""The login form carries no token: before the login, it was thought, there is nothing to protect.

Another site can log a visitor in to the attacker's account, where the visitor then leaves private data.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, login_form_guarded=False))


HAZARD = Hazard(
    id="login-csrf",
    title="Another site can log the visitor in to an account of its choice",
    apply=_apply,
)
