from sessionward.demo.hazards.other_users_record_readable import HAZARD
from sessionward.demo.sample_people import ANA, BEN
from tests.demo.trial import Trial, make_trial, read_by


async def shown(trial: Trial) -> bool:
    """Whether another patient of the clinic is shown what a stranger is not."""
    return bool(await read_by(trial, ANA, BEN))


async def test_a_patients_pages_are_shown_to_no_other_patient() -> None:
    assert not await shown(make_trial())


async def test_a_record_is_shown_to_every_patient_of_the_clinic_and_to_no_stranger() -> None:
    found = await read_by(make_trial(HAZARD), ANA, BEN)
    assert sorted(found) == sorted(f"/records/{record.id}" for record in BEN.records)
