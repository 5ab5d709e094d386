import pytest

from sessionward.demo.people import People
from sessionward.demo.sample_people import ANA, BEN, PEOPLE


@pytest.fixture
def people() -> People:
    return People(PEOPLE, 2)


@pytest.mark.parametrize("email", [ANA.email, " ANA@Example.org "])
def test_an_account_is_recognised_by_its_address_and_password(people: People, email: str) -> None:
    assert people.recognise(email, ANA.password) is people.get("ana")


@pytest.mark.parametrize(
    "email,password", [(ANA.email, BEN.password), (ANA.email, ""), ("nobody@example.org", ""), ("", "")]
)
def test_wrong_credentials_are_nobody(people: People, email: str, password: str) -> None:
    assert people.recognise(email, password) is None


def test_a_new_password_replaces_the_old_one(people: People) -> None:
    ana = people.get("ana")
    assert ana
    people.change_password(ana, "another-password")
    assert people.recognise(ANA.email, ANA.password) is None
    assert people.recognise(ANA.email, "another-password") is ana


def test_an_account_has_its_own_records_alone(people: People) -> None:
    ana = people.get("ana")
    assert ana
    assert ana.record(ANA.records[0].id) == ANA.records[0]
    assert ana.record(BEN.records[0].id) is None
    assert people.owner_of(ANA.records[0].id) is ana
    assert people.owner_of("no-such-record") is None


def test_two_clinics_share_no_account(people: People) -> None:
    assert people.get("ana") is not People(PEOPLE, 2).get("ana")


def test_a_person_shows_no_password() -> None:
    assert ANA.password not in repr(ANA)
