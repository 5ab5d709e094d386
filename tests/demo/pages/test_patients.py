import pytest

from sessionward.demo.sample_neighbours import SOL
from sessionward.demo.sample_people import ANA, BEN, IDA
from tests.demo.trial import Guest, make_trial


@pytest.fixture
async def doctor() -> Guest:
    guest = make_trial().guest()
    await guest.log_in(IDA)
    return guest


async def test_a_doctor_sees_the_own_patients_and_no_others(doctor: Guest) -> None:
    text = (await doctor.get("/patients")).text
    assert [person.id for person in (ANA, BEN, SOL) if person.name in text] == ["ana", "ben"]


async def test_what_is_known_of_a_patient_stands_on_one_page(doctor: Guest) -> None:
    text = (await doctor.get("/patients/ana")).text
    assert all(
        known in text
        for known in (ANA.phone, ANA.records[0].title, ANA.prescriptions[0].medicine, "Summary of care")
    )
    assert (await doctor.get(f"/records/{ANA.records[0].id}")).status_code == 200


@pytest.mark.parametrize(
    "path", ["/patients/sol", "/patients/none", "/patients/ida", f"/records/{SOL.records[0].id}"]
)
async def test_the_other_clinics_patients_are_as_unknown_as_none(doctor: Guest, path: str) -> None:
    assert (await doctor.get(path)).status_code == 404
