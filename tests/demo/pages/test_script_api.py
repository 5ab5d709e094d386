import pytest

from sessionward.demo.people import Person
from sessionward.demo.sample_people import ANA, BEN, IDA
from tests.demo.trial import make_trial


@pytest.mark.parametrize("person", [ANA, BEN, IDA], ids=lambda person: person.id)
async def test_the_api_shows_each_account_its_own_data(person: Person) -> None:
    guest = make_trial().guest()
    await guest.log_in(person)
    me = (await guest.get("/api/me")).json()
    assert me == {
        "name": person.name,
        "email": person.email,
        "role": person.role.value,
        "phone": person.phone,
        "address": person.address,
        "emergency_contact": person.emergency_contact,
    }
    records = (await guest.get("/api/records")).json()
    assert [record["text"] for record in records] == [record.text for record in person.records]
    answer = await guest.get("/api/messages", {"authorization": f"bearer {await guest.api_token()}"})
    assert [message["text"] for message in answer.json()] == [message.text for message in person.messages]


@pytest.mark.parametrize("proof", [None, "", "made-up"])
async def test_a_token_for_the_script_needs_the_pages_own_proof(proof: str | None) -> None:
    guest = make_trial().guest()
    await guest.log_in()
    headers = {} if proof is None else {"x-forgery-token": proof}
    answer = await guest.post("/api/token", headers=headers)
    assert answer.status_code == 403


async def test_whoever_is_not_logged_in_is_given_no_token() -> None:
    guest = make_trial().guest()
    proof = await guest.forgery_token("/login")
    answer = await guest.post("/api/token", headers=guest.own | {"x-forgery-token": proof})
    assert answer.status_code == 401


async def test_each_page_is_given_a_token_of_its_own_and_all_of_them_work() -> None:
    trial = make_trial()
    guest = trial.guest()
    await guest.log_in()
    tokens = {await guest.api_token() for _ in range(3)}
    assert len(tokens) == 3
    assert all([await trial.shows_by_bearer(token, "/api/me") for token in tokens])
