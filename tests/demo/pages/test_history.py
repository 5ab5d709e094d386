import pytest

from sessionward.demo.sample_people import BEN, IDA
from tests.demo.trial import Guest, Trial, make_trial

ANSWERS = {"heart": "Yes", "illnesses": "Scarlet fever in 1994", "sleep": "Well"}


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.fixture
async def guest(trial: Trial) -> Guest:
    guest = trial.guest()
    await guest.log_in()
    return guest


async def test_answers_are_kept_and_shown_to_the_patient_and_the_doctor_alone(
    trial: Trial, guest: Guest
) -> None:
    ida, ben = trial.guest(), trial.guest()
    await ida.log_in(IDA)
    await ben.log_in(BEN)
    assert (await guest.submit("/history", ANSWERS)).status_code == 303
    text = (await guest.get("/history")).text
    assert ANSWERS["illnesses"] in text
    assert '<option value="Yes" selected>' in text
    assert ANSWERS["illnesses"] in (await ida.get("/patients/ana")).text
    assert ANSWERS["illnesses"] not in (await ben.get("/history")).text


async def test_answers_that_do_not_fit_are_shown_again_and_not_kept(guest: Guest) -> None:
    answer = await guest.submit("/history", ANSWERS | {"heart": "Perhaps"})
    assert answer.status_code == 422
    assert ANSWERS["illnesses"] in answer.text
    assert 'id="heart-error"' in answer.text
    assert ANSWERS["illnesses"] not in (await guest.get("/history")).text


async def test_the_form_asks_that_its_draft_is_kept(guest: Guest) -> None:
    assert 'data-session-draft="history"' in (await guest.get("/history")).text
