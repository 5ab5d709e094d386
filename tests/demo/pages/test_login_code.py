import pytest

from sessionward.demo.sample_people import ANA, IDA
from sessionward.demo.visitor import CODE_TIME
from tests.demo.trial import Guest, Trial, code_of, make_trial


@pytest.fixture
def trial() -> Trial:
    return make_trial()


async def half_way(trial: Trial) -> Guest:
    guest = trial.guest()
    fields = {"username": IDA.email, "password": IDA.password, "remember": "yes"}
    assert (await guest.submit("/login", fields)).headers["location"] == "/login/code"
    return guest


async def test_a_doctor_is_logged_in_by_password_and_code_and_not_before(trial: Trial) -> None:
    guest = await half_way(trial)
    assert not await guest.sees(IDA)
    before = guest.token
    answer = await guest.submit("/login/code", {"code": code_of(IDA)})
    assert answer.headers["location"] == "/overview"
    assert await guest.sees(IDA)
    assert guest.token != before
    assert not await trial.guest(session=before).sees(IDA)
    assert guest.remembered is None


async def test_a_patient_needs_no_code(trial: Trial) -> None:
    assert (await trial.guest().log_in(ANA)).headers["location"] == "/overview"


async def test_a_wrong_code_and_one_that_was_used_are_refused_alike(trial: Trial) -> None:
    first, second = await half_way(trial), await half_way(trial)
    code = code_of(IDA)
    await first.submit("/login/code", {"code": code})
    answers = [await second.submit("/login/code", {"code": typed}) for typed in (code, "no code")]
    assert {answer.status_code for answer in answers} == {422}
    assert all("not right, or was used before" in answer.text for answer in answers)
    assert not await second.sees(IDA)


async def test_guesses_must_wait_even_with_the_right_code(trial: Trial) -> None:
    guest = await half_way(trial)
    for _ in range(5):
        await guest.submit("/login/code", {"code": "no code"})
    answer = await guest.submit("/login/code", {"code": code_of(IDA)})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert not await guest.sees(IDA)


async def test_a_password_without_its_code_is_forgotten(trial: Trial) -> None:
    guest = await half_way(trial)
    proof = await guest.forgery_token("/login/code")
    trial.clock.now += CODE_TIME
    assert (await guest.get("/login/code")).headers["location"] == "/login"
    fields = {"code": code_of(IDA), "forgery_token": proof}
    assert (await guest.post("/login/code", fields, guest.own)).headers["location"] == "/login"
    assert not await guest.sees(IDA)


async def test_a_code_that_another_page_sends_is_refused(trial: Trial) -> None:
    guest = await half_way(trial)
    assert (await guest.post("/login/code", {"code": code_of(IDA)})).status_code == 403
    assert not await guest.sees(IDA)


async def test_without_a_password_no_code_is_asked_for(trial: Trial) -> None:
    assert (await trial.guest().get("/login/code")).headers["location"] == "/login"
