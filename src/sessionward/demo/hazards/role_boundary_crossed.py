"""The administrator's pages stand in nobody else's menu, and that is all that keeps others out."""

from dataclasses import replace

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard
from sessionward.demo.people import Account, Role


def _whoever_knows_the_address(_account: Account, roles: frozenset[Role]) -> bool:
    return Role.ADMINISTRATOR in roles


def _apply(settings: Settings) -> Settings:
    entrants = (*settings.protections.entrants, _whoever_knows_the_address)
    return replace(settings, protections=replace(settings.protections, entrants=entrants))


HAZARD = Hazard(
    id="role-boundary-crossed",
    title="A patient can use the administrator's pages",
    apply=_apply,
)
