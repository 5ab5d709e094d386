from sessionward.demo.hazards.other_tenant_reachable import HAZARD
from sessionward.demo.sample_neighbours import SOL
from sessionward.demo.sample_people import ANA, BEN
from tests.demo.trial import Trial, make_trial, read_by


async def shown(trial: Trial) -> bool:
    """Whether a patient of one clinic is shown what belongs to a patient of the other."""
    return bool(await read_by(trial, ANA, SOL) or await read_by(trial, SOL, ANA))


async def test_no_page_crosses_from_one_clinic_to_the_other() -> None:
    assert not await shown(make_trial())


async def test_a_record_crosses_where_the_numbers_are_the_same_and_not_within_the_clinic() -> None:
    trial = make_trial(HAZARD)
    assert await shown(trial)
    assert not await read_by(trial, BEN, SOL)
    assert not await read_by(trial, ANA, BEN)
