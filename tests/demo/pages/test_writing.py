import pytest

from sessionward.demo.sample_people import ANA, IDA
from tests.demo.trial import Guest, Trial, make_trial


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.fixture
async def guest(trial: Trial) -> Guest:
    guest = trial.guest()
    await guest.log_in()
    return guest


async def received(guest: Guest) -> list[dict[str, str]]:
    answer = await guest.get("/api/messages", {"authorization": f"Bearer {await guest.api_token()}"})
    messages: list[dict[str, str]] = answer.json()
    return messages


async def test_a_message_reaches_the_doctor_and_the_answer_the_patient(trial: Trial, guest: Guest) -> None:
    ida = trial.guest()
    await ida.log_in(IDA)
    assert (await guest.submit("/messages", {"to": "ida", "text": "My cuff broke."})).status_code == 303
    assert "My cuff broke." in (await guest.get("/messages")).text
    first = (await received(ida))[0]
    assert (first["sender"], first["text"]) == (ANA.name, "My cuff broke.")
    assert (await ida.submit("/messages", {"to": "ana", "text": "Fetch another."})).status_code == 303
    assert (await received(guest))[0]["text"] == "Fetch another."


@pytest.mark.parametrize("to", ["ben", "ole", "nora", "", "nobody"])
async def test_nobody_writes_to_whom_they_have_nothing_to_do_with(guest: Guest, to: str) -> None:
    assert (await guest.submit("/messages", {"to": to, "text": "Hello"})).status_code == 403


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
async def test_an_empty_or_endless_message_is_not_sent(guest: Guest, text: str) -> None:
    answer = await guest.submit("/messages", {"to": "ida", "text": text})
    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text


async def test_a_message_needs_the_forms_own_token(guest: Guest) -> None:
    assert (await guest.post("/messages", {"to": "ida", "text": "Hello"})).status_code == 403


async def test_a_message_with_markup_is_shown_as_it_was_written(guest: Guest) -> None:
    await guest.submit("/messages", {"to": "ida", "text": "<b>no</b>"})
    assert "&lt;b&gt;no&lt;/b&gt;" in (await guest.get("/messages")).text
