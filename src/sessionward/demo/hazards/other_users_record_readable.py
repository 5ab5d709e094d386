"""A record is looked up by its number in the address, and nobody asks whose it is.

The query names the clinic, so that the two clinics stay apart, and was taken to be enough.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.people import Account


def _of_the_same_clinic(viewer: Account | None, owner: Account) -> bool:
    return viewer is not None and viewer.tenant == owner.tenant


def _apply(settings: Settings) -> Settings:
    readers = (*settings.protections.readers, _of_the_same_clinic)
    return replace(settings, protections=replace(settings.protections, readers=readers))


HAZARD = Hazard(
    id="other-users-record-readable",
    title="A patient can read another patient's record",
    apply=_apply,
)
