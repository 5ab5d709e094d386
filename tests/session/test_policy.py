import pytest

from sessionward.session.policy import Policy, PolicyError
from sessionward.standards import PROFILES, UnknownProfileError


@pytest.mark.parametrize("name", [entry.name for entry in PROFILES])
def test_every_profile_makes_a_policy_that_withholds_data_in_the_profiles_time(name: str) -> None:
    policy = Policy.of(name)
    found = next(entry for entry in PROFILES if entry.name == name)
    assert (policy.lock_after or policy.inactivity_timeout) == found.inactivity_timeout
    assert policy.absolute_lifetime == found.absolute_lifetime
    assert policy.concurrent_sessions == found.concurrent_sessions


def test_the_workstation_locks_after_five_minutes_and_the_patient_portal_does_not() -> None:
    assert Policy.of("clinical-workstation").lock_after == 300
    assert Policy.of("patient-portal").lock_after is None


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(UnknownProfileError, match="no profile is called 'ward'"):
        Policy.of("ward")


@pytest.mark.parametrize(
    "figures,sentence",
    [
        ({"inactivity_timeout": 0.0}, "inactivity_timeout is 0 seconds, and must be more than 0"),
        ({"absolute_lifetime": float("inf")}, "must be more than 0 and finite"),
        ({"inactivity_timeout": float("nan")}, "must be more than 0 and finite"),
        ({"inactivity_timeout": 50_000.0}, "longer than absolute_lifetime"),
        ({"lock_after": 900.0}, "no session would ever be locked"),
        ({"lock_after": 0.0}, "no session would ever be locked"),
        ({"concurrent_sessions": 0}, "so nobody could log in"),
        ({"concurrent_sessions": 1.5}, "must be a whole number"),
        ({"renewal_grace": 61.0}, "must be between 0 and 60"),
        ({"pending_lifetime": -1.0}, "must be more than 0"),
        ({"ttl": 1.0}, "A session policy has no ttl; it has absolute_lifetime"),
    ],
)
def test_figures_that_contradict_each_other_are_refused_in_one_sentence(
    figures: dict[str, float], sentence: str
) -> None:
    with pytest.raises(PolicyError, match=sentence) as caught:
        Policy.of("patient-portal").but(**figures)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("lock_after,interval", [(None, 30), (180.0, 9)])
def test_activity_is_written_often_enough_that_a_session_ends_little_early(
    lock_after: float | None, interval: float
) -> None:
    assert Policy.of("patient-portal").but(lock_after=lock_after).touch_interval == interval
