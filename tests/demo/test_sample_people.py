from base64 import b32decode
from collections import Counter

from sessionward.demo.people import People
from sessionward.demo.sample_people import DEMO_ACCOUNTS, PEOPLE


def test_each_published_account_logs_in() -> None:
    people = People(PEOPLE, 2)
    for account in DEMO_ACCOUNTS:
        found = people.recognise(account.email, account.password)
        assert found
        assert (found.id, found.role) == (account.name, account.role)


def test_each_clinic_has_two_patients_a_doctor_and_an_administrator() -> None:
    assert Counter((account.tenant, account.role) for account in DEMO_ACCOUNTS) == {
        (tenant, role): count
        for tenant in ("north", "south")
        for role, count in (("patient", 2), ("clinician", 1), ("administrator", 1))
    }


def test_no_two_accounts_have_a_text_in_common() -> None:
    texts = [
        text
        for person in PEOPLE
        for text in (
            *(
                person.name,
                person.email,
                person.password,
                person.phone,
                person.address,
                person.emergency_contact,
            ),
            *(text for record in person.records for text in (record.id, record.text)),
            *(message.text for message in person.messages),
            *(given.medicine for given in person.prescriptions),
        )
    ]
    assert len(texts) == len(set(texts))


def test_a_published_account_shows_no_password_when_it_is_logged() -> None:
    assert not any(account.password in repr(DEMO_ACCOUNTS) for account in DEMO_ACCOUNTS)
    assert not any(account.totp and account.totp in repr(DEMO_ACCOUNTS) for account in DEMO_ACCOUNTS)


def test_those_who_treat_or_administer_have_the_secret_of_a_second_factor() -> None:
    assert all((account.role == "patient") != bool(account.totp) for account in DEMO_ACCOUNTS)
    assert all(len(b32decode(account.totp)) == 20 for account in DEMO_ACCOUNTS if account.totp)
