import pytest

from sessionward.demo.sample_people import ANA, BEN, IDA
from tests.demo.trial import make_trial


async def test_each_patient_is_told_the_own_place_in_the_queue() -> None:
    trial = make_trial()
    told = []
    for person in (ANA, BEN):
        guest = trial.guest()
        await guest.log_in(person)
        told.append((await guest.get("/api/waiting")).json())
    assert [each["before"] for each in told] == [0, 1]
    assert {each["doctor"] for each in told} == {IDA.name}


async def test_the_page_loads_the_script_that_asks() -> None:
    guest = make_trial().guest()
    await guest.log_in()
    assert "waiting-room.js" in (await guest.get("/waiting-room")).text


async def test_who_looks_after_patients_waits_for_nobody() -> None:
    guest = make_trial().guest()
    await guest.log_in(IDA)
    assert (await guest.get("/api/waiting")).json()["before"] == 0


@pytest.mark.parametrize("by_token", [False, True])
async def test_asking_again_and_again_keeps_no_session_alive(*, by_token: bool) -> None:
    trial = make_trial()
    guest = trial.guest()
    await guest.log_in()
    headers = {"authorization": f"Bearer {await guest.api_token()}"} if by_token else None
    answers = []
    for _ in range(3):
        trial.clock.now += 400
        answers.append((await guest.get("/api/waiting", headers)).status_code)
    assert answers == [200, 200, 401]
    assert not await guest.sees()
