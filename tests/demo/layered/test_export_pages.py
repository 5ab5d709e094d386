import pytest

from sessionward.demo.sample_people import ANA, BEN, IDA
from tests.demo.trial import Guest, Trial, make_trial


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.fixture
async def ana(trial: Trial) -> Guest:
    guest = trial.guest()
    await guest.log_in()
    return guest


async def test_who_gives_the_password_once_more_is_given_the_own_record_and_a_new_token(ana: Guest) -> None:
    before = ana.token
    assert "/export" in await ana.links("/records")
    answer = await ana.submit("/export", {"current_password": ANA.password})
    assert answer.headers["location"] == "/export/file"
    assert ana.token != before
    file = await ana.get("/export/file")
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.json()["records"][0]["text"] == ANA.records[0].text
    assert BEN.phone not in file.text


@pytest.mark.parametrize("password", ["", BEN.password])
async def test_without_the_right_password_nothing_is_given(ana: Guest, password: str) -> None:
    assert (await ana.submit("/export", {"current_password": password})).status_code == 422
    assert (await ana.get("/export/file")).headers["location"] == "/export"


async def test_the_permission_is_over_after_some_minutes(trial: Trial, ana: Guest) -> None:
    await ana.submit("/export", {"current_password": ANA.password})
    trial.clock.now += 299
    assert (await ana.get("/export/file")).status_code == 200
    trial.clock.now += 1
    assert (await ana.get("/export/file")).headers["location"] == "/export"


async def test_it_is_for_patients_and_for_nobody_who_is_not_logged_in(trial: Trial) -> None:
    ida, nobody = trial.guest(), trial.guest()
    await ida.log_in(IDA)
    assert (await ida.get("/export/file")).status_code == 403
    assert "/export" not in await ida.links("/records")
    assert (await nobody.get("/export/file")).headers["location"] == "/login"
