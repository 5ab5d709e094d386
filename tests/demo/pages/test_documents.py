import re

import pytest

from sessionward.demo.people import Person
from sessionward.demo.sample_neighbours import OLE, SOL
from sessionward.demo.sample_people import ANA, BEN, IDA
from tests.demo.trial import Guest, Trial, make_trial


@pytest.fixture
def trial() -> Trial:
    return make_trial()


async def documents(guest: Guest) -> list[str]:
    return sorted(path for path in await guest.links("/documents") if re.match("/documents/", path))


async def logged_in(trial: Trial, person: Person) -> Guest:
    guest = trial.guest()
    await guest.log_in(person)
    return guest


async def test_the_owner_is_given_a_letter_and_a_picture(trial: Trial) -> None:
    guest = await logged_in(trial, ANA)
    answers = [await guest.get(path) for path in await documents(guest)]
    assert {answer.headers["content-type"] for answer in answers} == {"application/pdf", "image/png"}
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    assert any(ANA.phone in answer.text for answer in answers)


@pytest.mark.parametrize("person,status", [(IDA, 200), (BEN, 404), (SOL, 404), (OLE, 404)])
async def test_besides_the_owner_only_the_own_doctor_is_given_them(
    trial: Trial, person: Person, status: int
) -> None:
    paths = await documents(await logged_in(trial, ANA))
    guest = await logged_in(trial, person)
    assert [(await guest.get(path)).status_code for path in paths] == [status, status]


async def test_after_the_logout_the_address_leads_to_the_login(trial: Trial) -> None:
    guest = await logged_in(trial, ANA)
    paths = await documents(guest)
    await guest.log_out()
    assert [(await guest.get(path)).headers["location"] for path in paths] == ["/login", "/login"]
    assert (await guest.get("/documents/none")).headers["location"] == "/login"
