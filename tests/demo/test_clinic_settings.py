from datetime import timedelta

import pytest

from sessionward.demo.clinic_settings import Settings
from tests.demo.trial import make_settings


def test_a_clinic_opens_with_a_quarter_of_an_hour_and_half_a_day() -> None:
    assert (Settings().timeouts.inactivity, Settings().timeouts.absolute) == (900, 43200)


def test_a_timeout_may_be_short_or_absent() -> None:
    settings = Settings(inactivity_timeout=timedelta(seconds=0.5), absolute_lifetime=None)
    assert (settings.timeouts.inactivity, settings.timeouts.absolute) == (0.5, None)


@pytest.mark.parametrize("name", ["inactivity_timeout", "absolute_lifetime"])
@pytest.mark.parametrize("seconds", [0, -1])
def test_a_timeout_that_is_not_positive_is_refused(name: str, seconds: int) -> None:
    with pytest.raises(ValueError, match=f"{name} must be longer than nothing"):
        make_settings(**{name: timedelta(seconds=seconds)})


@pytest.mark.parametrize("name", ["concurrent_sessions", "failed_logins"])
def test_a_limit_below_one_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} must be at least 1, not 0"):
        make_settings(**{name: 0})
