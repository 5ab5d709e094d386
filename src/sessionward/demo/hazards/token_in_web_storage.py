"""The script keeps its API token in localStorage, to save a request for each page.

Whatever script ever runs on the page can read it there, and so can the next person at the device.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, token_keeper="storage-keeper.js"))


HAZARD = Hazard(
    id="token-in-web-storage",
    title="A token that opens the account lies in web storage",
    implies={"storage-left-after-logout": "nothing takes the token out of the storage when its login ends"},
    apply=_apply,
)
