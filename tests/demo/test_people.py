import pytest

from sessionward.demo.people import Joining, People
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


def test_each_clinic_has_accounts_patients_and_doctors_of_its_own(people: People) -> None:
    ana, ida, ole = people.get("ana"), people.get("ida"), people.get("ole")
    assert ana
    assert ida
    assert ole
    assert [each.id for each in people.patients_of(ida)] == ["ana", "ben"]
    assert [each.id for each in people.patients_of(ole)] == ["sam", "sol"]
    assert people.doctor_of(ana) is ida
    assert {each.tenant for each in people.of_tenant("north")} == {"north"}


def test_a_doctor_of_the_other_clinic_is_nobodys_doctor(people: People) -> None:
    ana = people.get("ana")
    assert ana
    ana.doctor = "ole"
    assert people.doctor_of(ana) is None


def test_who_joins_has_the_next_number_and_a_doctor_of_the_clinic(people: People) -> None:
    joining = Joining(tenant="south", name="Lea", email="lea@example.org", password=people.hash("a-password"))
    lea = people.join(joining)
    assert lea
    assert (lea.tenant, lea.doctor, lea.number) == ("south", "ole", 1003)
    assert people.recognise("lea@example.org", "a-password") is lea
    assert people.join(joining) is None
