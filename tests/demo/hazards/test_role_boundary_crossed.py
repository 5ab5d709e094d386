from sessionward.demo.hazards.role_boundary_crossed import HAZARD
from sessionward.demo.sample_people import ANA, BEN, IDA, NORA
from tests.demo.trial import Trial, make_trial

PAGES = ("/administration/accounts", "/patients", "/patients/ben", "/patients/ben/prescribe")


async def shown(trial: Trial) -> bool:
    """Whether a patient is shown other people's data by a page that is for those who work there."""
    patient = trial.guest()
    await patient.log_in()
    answers = [(await patient.get(path)).text for path in PAGES]
    return any(text in answer for text in (BEN.email, BEN.phone, IDA.email) for answer in answers)


async def test_a_patient_is_not_let_into_pages_of_those_who_work_there() -> None:
    assert not await shown(make_trial())


async def test_a_patient_uses_the_administrators_pages_though_no_menu_names_them() -> None:
    trial = make_trial(HAZARD)
    assert await shown(trial)
    patient, other = trial.guest(), trial.guest()
    await patient.log_in(ANA)
    await other.log_in(BEN)
    assert "/administration/accounts" not in await patient.links("/overview")
    await patient.submit("/administration/accounts/ben/end-sessions", {}, form="/profile")
    assert not await other.sees(BEN)


async def test_the_administrator_has_these_pages_all_the_same() -> None:
    nora = make_trial(HAZARD).guest()
    await nora.log_in(NORA)
    assert (await nora.get("/administration/accounts")).status_code == 200
    assert (await nora.get("/patients")).status_code == 403
