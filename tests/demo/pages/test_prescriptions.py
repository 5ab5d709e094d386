import pytest

from sessionward.demo.sample_people import ANA, BEN, IDA
from tests.demo.trial import BY_HAND, Guest, Trial, make_trial

MEDICINE = {"medicine": "Cetirizine 10 mg, 30 tablets", "directions": "One in the evening."}
SIGNED = MEDICINE | {"current_password": IDA.password}


@pytest.fixture
def trial() -> Trial:
    return make_trial(protections=BY_HAND)


@pytest.fixture
async def doctor(trial: Trial) -> Guest:
    guest = trial.guest()
    await guest.log_in(IDA)
    return guest


async def test_a_patient_sees_what_the_doctor_has_signed(trial: Trial, doctor: Guest) -> None:
    assert (await doctor.submit("/patients/ana/prescribe", SIGNED)).status_code == 303
    ana, ben = trial.guest(), trial.guest()
    await ana.log_in(ANA)
    await ben.log_in(BEN)
    assert MEDICINE["medicine"] in (await ana.get("/prescriptions")).text
    assert MEDICINE["medicine"] not in (await ben.get("/prescriptions")).text


@pytest.mark.parametrize(
    "field,value",
    [
        ("current_password", ""),
        ("current_password", ANA.password),
        ("medicine", " "),
        ("directions", "x" * 201),
    ],
)
async def test_what_is_not_signed_or_not_filled_in_is_not_prescribed(
    doctor: Guest, field: str, value: str
) -> None:
    answer = await doctor.submit("/patients/ana/prescribe", SIGNED | {field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert MEDICINE["medicine"] not in (await doctor.get("/patients/ana")).text


async def test_guessing_the_signature_must_wait(doctor: Guest) -> None:
    for _ in range(5):
        await doctor.submit("/patients/ana/prescribe", SIGNED | {"current_password": "wrong"})
    assert "Too many wrong passwords" in (await doctor.submit("/patients/ana/prescribe", SIGNED)).text


async def test_nothing_is_prescribed_for_the_other_clinics_patients(doctor: Guest) -> None:
    assert (
        await doctor.submit("/patients/sol/prescribe", SIGNED, form="/patients/ana/prescribe")
    ).status_code == 404


async def test_a_patient_prescribes_nothing(trial: Trial) -> None:
    ana = trial.guest()
    await ana.log_in(ANA)
    answer = await ana.submit("/patients/ana/prescribe", SIGNED, form="/profile")
    assert answer.status_code == 403
