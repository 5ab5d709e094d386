from datetime import timedelta

import pytest

from sessionward.demo.clinic_settings import Settings
from sessionward.demo.layered.session_policy import CENTURY, page_settings, policy_of
from sessionward.session.policy import Policy


def test_the_clinic_is_a_patient_portal_with_a_limit_of_logins() -> None:
    ours, profile = policy_of(Settings()), Policy.of("patient-portal")
    assert (ours.inactivity_timeout, ours.absolute_lifetime) == (900, 43_200)
    assert ours == profile.but(concurrent_sessions=5, pending_lifetime=300, lease_length=90)


def test_short_timeouts_and_no_limit_are_held_to() -> None:
    settings = Settings(inactivity_timeout=timedelta(seconds=12), concurrent_sessions=None)
    ours = policy_of(settings)
    assert (ours.inactivity_timeout, ours.concurrent_sessions, ours.lease_length) == (12, None, None)


@pytest.mark.parametrize(
    "inactivity,absolute,figures",
    [
        (None, timedelta(hours=1), (3600, 3600)),
        (timedelta(minutes=1), None, (60, CENTURY)),
        (None, None, (CENTURY, CENTURY)),
        (timedelta(hours=2), timedelta(hours=1), (3600, 3600)),
    ],
)
def test_a_timeout_that_nobody_wants_is_as_long_as_it_can_be(
    inactivity: timedelta | None, absolute: timedelta | None, figures: tuple[float, float]
) -> None:
    ours = policy_of(Settings(inactivity_timeout=inactivity, absolute_lifetime=absolute))
    assert (ours.inactivity_timeout, ours.absolute_lifetime) == figures


@pytest.mark.parametrize(
    "seconds,warning", [(12, None), (59, None), (60, 20), (90, 30), (180, 60), (900, 60)]
)
def test_pages_warn_where_there_is_time_for_it(seconds: float, warning: float | None) -> None:
    policy = policy_of(Settings(inactivity_timeout=timedelta(seconds=seconds)))
    made = page_settings(policy, (bytes(32),))
    assert (made and made.warn_before) == warning
