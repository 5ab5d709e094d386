import pytest

from sessionward.demo.sample_people import ANA, IDA
from tests.demo.trial import Guest, Trial, code_of, make_trial

MEDICINE = {"medicine": "Cetirizine 10 mg, 30 tablets", "directions": "One in the evening."}
OTHER = {"medicine": "Oxycodone 80 mg, 100 tablets", "directions": "As needed."}
WRITE = "/patients/ana/prescribe"
SIGN = "/patients/ana/prescribe/sign"


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.fixture
async def doctor(trial: Trial) -> Guest:
    guest = trial.guest()
    await guest.log_in(IDA)
    return guest


def fresh_code() -> str:
    """The next code, since that of the login is used."""
    return code_of(IDA, 1)


async def prescribed(trial: Trial, what: dict[str, str] = MEDICINE) -> bool:
    ana = trial.guest()
    await ana.log_in(ANA)
    return what["medicine"] in (await ana.get("/prescriptions")).text


async def test_what_was_shown_is_prescribed_with_a_code_of_its_own(trial: Trial, doctor: Guest) -> None:
    before = doctor.token
    answer = await doctor.submit(WRITE, MEDICINE)
    assert answer.headers["location"] == SIGN
    assert MEDICINE["directions"] in (await doctor.get(SIGN)).text
    assert not await prescribed(trial)
    answer = await doctor.submit(SIGN, MEDICINE | {"code": fresh_code()})
    assert answer.headers["location"] == "/patients/ana"
    assert await prescribed(trial)
    assert doctor.token != before
    assert (await doctor.get(SIGN)).status_code == 404


async def test_what_was_exchanged_after_it_was_shown_is_not_prescribed(trial: Trial, doctor: Guest) -> None:
    await doctor.submit(WRITE, MEDICINE)
    await doctor.submit(WRITE, OTHER, form="/profile")
    answer = await doctor.submit(SIGN, MEDICINE | {"code": fresh_code()})
    assert answer.status_code == 409
    assert OTHER["medicine"] in answer.text
    assert not await prescribed(trial)
    assert not await prescribed(trial, OTHER)


@pytest.mark.parametrize("code", ["", "000000", "not a code"])
async def test_without_the_right_code_nothing_is_prescribed(trial: Trial, doctor: Guest, code: str) -> None:
    await doctor.submit(WRITE, MEDICINE)
    assert (await doctor.submit(SIGN, MEDICINE | {"code": code})).status_code == 422
    assert not await prescribed(trial)


async def test_guessing_the_code_must_wait(doctor: Guest) -> None:
    await doctor.submit(WRITE, MEDICINE)
    for _ in range(5):
        await doctor.submit(SIGN, MEDICINE | {"code": "000000"})
    assert "Too many wrong codes" in (await doctor.submit(SIGN, MEDICINE | {"code": fresh_code()})).text


@pytest.mark.parametrize("field,value", [("medicine", " "), ("directions", "x" * 201)])
async def test_what_is_not_filled_in_does_not_come_to_the_signature(
    doctor: Guest, field: str, value: str
) -> None:
    answer = await doctor.submit(WRITE, MEDICINE | {field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


async def test_only_own_patients_and_only_doctors(trial: Trial, doctor: Guest) -> None:
    other = await doctor.submit("/patients/sol/prescribe", MEDICINE, form="/profile")
    ana = trial.guest()
    await ana.log_in(ANA)
    answers = [await ana.submit(path, MEDICINE, form="/profile") for path in (WRITE, SIGN)]
    assert [answer.status_code for answer in (other, *answers)] == [404, 403, 403]
