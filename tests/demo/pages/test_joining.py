from pathlib import Path

import pytest

from sessionward.demo.people import Person, Role
from sessionward.demo.sample_people import ANA
from tests.demo.trial import Trial, mailed_links, mails, make_trial

NEW = Person(
    id="lea",
    tenant="south",
    number=0,
    role=Role.PATIENT,
    name="Lea Thorsen",
    email="lea@example.org",
    password="a-password-of-lea",
    phone="",
    address="",
    emergency_contact="",
)


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return make_trial(outbox=tmp_path)


def fields(**changes: str) -> dict[str, str]:
    told = {"name": NEW.name, "email": NEW.email, "tenant": NEW.tenant}
    return told | {"new_password": NEW.password, "repeat_password": NEW.password} | changes


async def test_whoever_opens_the_link_in_the_mail_has_an_account(trial: Trial, tmp_path: Path) -> None:
    guest = trial.guest()
    assert (await guest.submit("/register", fields())).status_code == 200
    assert (await guest.log_in(NEW)).status_code == 422
    (link,) = mailed_links(tmp_path)
    assert "Fjordview South" in (await guest.get(link)).text
    assert (await guest.log_in(NEW)).status_code == 422
    assert "Your account is open" in (await guest.submit(link, {})).text
    assert (await guest.log_in(NEW)).status_code == 303
    assert NEW.name in (await guest.get("/profile")).text
    assert "Dr. Ole Brandvik" in (await guest.get("/appointments")).text
    assert (await guest.get(link)).status_code == 410


async def test_a_known_address_is_answered_like_a_new_one_and_told_by_mail_alone(
    trial: Trial, tmp_path: Path
) -> None:
    answers = [
        await trial.guest().submit("/register", fields(email=email)) for email in (ANA.email, NEW.email)
    ]
    shown = [answer.text.replace(ANA.email, NEW.email) for answer in answers]
    assert shown[0] == shown[1]
    assert len(mailed_links(tmp_path)) == 1
    assert len(mails(tmp_path)) == 2
    assert (await trial.guest().log_in()).status_code == 303


@pytest.mark.parametrize(
    "field,value",
    [
        ("name", ""),
        ("name", "x" * 201),
        ("email", "nobody"),
        ("tenant", "west"),
        ("new_password", "short"),
        ("repeat_password", "another"),
    ],
)
async def test_what_is_not_filled_in_rightly_is_told_and_sends_no_mail(
    trial: Trial, tmp_path: Path, field: str, value: str
) -> None:
    answer = await trial.guest().submit("/register", fields(**{field: value}))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert mails(tmp_path) == []


async def test_of_two_who_register_one_address_the_later_link_alone_opens(
    trial: Trial, tmp_path: Path
) -> None:
    for _ in range(2):
        await trial.guest().submit("/register", fields())
    first, second = mailed_links(tmp_path)
    assert [(await trial.guest().get(link)).status_code for link in (first, second)] == [410, 200]


async def test_registering_needs_the_pages_own_form(trial: Trial) -> None:
    assert (await trial.guest().post("/register", fields())).status_code == 403
