import importlib
import re
from collections.abc import Awaitable, Callable

import pytest

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.hazard import Hazard, find_hazards, with_hazards
from sessionward.demo.hazards import HAZARDS
from tests.demo.trial import Trial, make_settings, make_trial

Experiment = Callable[[Trial], Awaitable[bool]]


def experiment(hazard: Hazard) -> Experiment:
    """The experiment that shows the defect, from the test of the hazard."""
    module = importlib.import_module(f"tests.demo.hazards.test_{hazard.id.replace('-', '_')}")
    shown: Experiment = module.shown
    return shown


async def defects(*hazards: Hazard) -> set[str]:
    """Which of all the defects a clinic with these hazards really has, each tried on a clinic of its own."""
    return {known.id for known in HAZARDS if await experiment(known)(make_trial(*hazards))}


async def test_the_clinic_without_hazards_has_no_defect() -> None:
    assert await defects() == set()


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)
async def test_a_hazard_brings_its_own_defect_and_those_that_it_says_it_implies(hazard: Hazard) -> None:
    assert await defects(hazard) == {hazard.id, *hazard.implies}


HIDDEN = {"idle-timeout-client-only", "polling-defeats-idle-timeout"}
"""Defects of an end that comes too late, or in the page alone: where no idle session ends at all, they do not show."""
MADE_AT_LOGIN = {
    "default-signing-key",
    "duplicate-token",
    "identity-readable-in-token",
    "jwt-expiry-not-enforced",
    "jwt-signature-not-verified",
    "jwt-weak-secret",
    "low-entropy-token",
    "predictable-token",
    "static-token",
}
"""Defects of how a login's token is made: there is one way at a time, and none shows where a login makes none."""


async def test_all_hazards_together_bring_all_defects_but_those_that_one_of_them_hides() -> None:
    assert await defects(*HAZARDS) == {hazard.id for hazard in HAZARDS} - HIDDEN - MADE_AT_LOGIN


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)
def test_what_a_hazard_implies_is_known_and_has_a_reason(hazard: Hazard) -> None:
    assert hazard.implies.keys() <= {known.id for known in HAZARDS} - {hazard.id}
    assert all(re.fullmatch(r"\S.{20,}", reason) for reason in hazard.implies.values())


def test_hazards_are_found_by_id_in_their_order() -> None:
    found = find_hazards(HAZARDS, ["token-resurrects", "login-csrf"])
    assert [hazard.id for hazard in found] == ["login-csrf", "token-resurrects"]


def test_an_unknown_hazard_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no such hazard: no-such-thing; there are absolute-timeout-missing"):
        find_hazards(HAZARDS, ["login-csrf", "no-such-thing"])


def test_hazards_leave_the_settings_that_they_are_given_as_they_are() -> None:
    settings = make_settings()
    changed = with_hazards(settings, HAZARDS)
    assert settings == make_settings()
    assert changed.protections != settings.protections
    assert changed.inactivity_timeout is None


def test_no_hazards_change_nothing() -> None:
    settings = Settings()
    assert with_hazards(settings, ()) is settings
