import pytest

from sessionward.standards.profiles import PROFILES, Profile, UnknownProfileError, profile


def test_the_patient_portal_ends_after_a_quarter_of_an_hour_idle_and_twelve_hours_in_all() -> None:
    found = profile("patient-portal")
    assert (found.inactivity_timeout, found.absolute_lifetime) == (15 * 60, 12 * 60 * 60)


def test_the_shared_workstation_allows_five_minutes_and_one_session() -> None:
    found = profile("clinical-workstation")
    assert (found.inactivity_timeout, found.concurrent_sessions) == (5 * 60, 1)


def test_an_unknown_profile_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownProfileError, match="'portal'; there are administration, clinical-workstation"):
        profile("portal")


def test_the_profiles_are_sorted_by_name() -> None:
    names = [entry.name for entry in PROFILES]
    assert names == sorted(set(names))


@pytest.mark.parametrize("entry", PROFILES, ids=lambda entry: entry.name)
def test_a_profile_is_consistent_and_never_claims_that_hipaa_names_minutes(entry: Profile) -> None:
    assert 0 < entry.inactivity_timeout < entry.absolute_lifetime
    assert entry.failed_logins > 0
    assert entry.concurrent_sessions is None or entry.concurrent_sessions > 0
    assert "HIPAA" not in entry.source
