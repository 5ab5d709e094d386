from sessionward.demo.people import People, Role
from sessionward.demo.sample_people import PEOPLE
from sessionward.demo.tenants import TENANTS


def test_each_clinic_has_patients_a_doctor_and_an_administrator() -> None:
    people = People(PEOPLE, 2)
    for tenant in TENANTS:
        assert {account.role for account in people.of_tenant(tenant)} == set(Role)


def test_a_clinic_is_known_by_its_own_id() -> None:
    assert [tenant.id for tenant in TENANTS.values()] == list(TENANTS)
