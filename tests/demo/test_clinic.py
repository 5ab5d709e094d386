from sessionward.demo.clinic import open_clinic
from tests.demo.trial import make_settings


def test_two_clinics_share_no_state() -> None:
    first, second = open_clinic(make_settings()), open_clinic(make_settings())
    assert first.people is not second.people
    assert first.throttle is not second.throttle
    assert first.remembered is not second.remembered


def test_a_clinic_follows_its_settings() -> None:
    clinic = open_clinic(make_settings(failed_logins=1))
    key = ("ana", "client")
    clinic.throttle.failed(key)
    assert clinic.throttle.wait(key) > 0
