"""Whoever asks for a new password, or registers, is told whether the address has an account.

It is meant kindly. A list of addresses becomes a list of this clinic's patients.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard


def _apply(settings: Settings) -> Settings:
    return replace(settings, protections=replace(settings.protections, tells_known_addresses=True))


HAZARD = Hazard(
    id="account-enumeration",
    title="Strangers learn which addresses have an account",
    apply=_apply,
)
