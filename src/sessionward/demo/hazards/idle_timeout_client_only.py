"""A timer in the page hides the account, and the server knows nothing of it.

The screen looks logged out. A token that was copied, or the next request by hand, goes on to open the account.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, idle_on_server=False))


HAZARD = Hazard(
    id="idle-timeout-client-only",
    title="The page ends an idle session, the server does not",
    implies={"idle-timeout-missing": "on the server no idle session ends"},
    apply=_apply,
)
