"""Whose a record is, is told by the patient's number alone.

With one clinic the numbers were unique. The second clinic counts from the same beginning, and its patient 1001 now
reads what belongs to patient 1001 of the first.
"""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.people import Account


def _of_the_same_number(viewer: Account | None, owner: Account) -> bool:
    return viewer is not None and viewer.number == owner.number


def _apply(settings: Settings) -> Settings:
    readers = (*settings.protections.readers, _of_the_same_number)
    return replace(settings, protections=replace(settings.protections, readers=readers))


HAZARD = Hazard(
    id="other-tenant-reachable",
    title="A patient can read a record of the other clinic",
    apply=_apply,
)
