import pytest

from sessionward.demo.people import Person
from sessionward.demo.sample_neighbours import SIV, SOL
from sessionward.demo.sample_people import ANA, BEN, NORA, PEOPLE
from tests.demo.trial import Trial, make_trial


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.mark.parametrize("administrator", [NORA, SIV], ids=lambda person: person.id)
async def test_an_administrator_sees_the_accounts_of_the_own_clinic(
    trial: Trial, administrator: Person
) -> None:
    guest = trial.guest()
    await guest.log_in(administrator)
    text = (await guest.get("/administration/accounts")).text
    seen = {person.id for person in PEOPLE if person.email in text}
    assert seen == {person.id for person in PEOPLE if person.tenant == administrator.tenant}


async def test_nobody_of_the_other_clinic_is_logged_out(trial: Trial) -> None:
    nora, sol = trial.guest(), trial.guest()
    await nora.log_in(NORA)
    await sol.log_in(SOL)
    path = "/administration/accounts/sol/end-sessions"
    assert (await nora.submit(path, {}, form="/administration/accounts")).status_code == 404
    assert await sol.sees(SOL)


async def test_ending_sessions_needs_the_pages_own_form(trial: Trial) -> None:
    nora, ana = trial.guest(), trial.guest()
    await nora.log_in(NORA)
    await ana.log_in(ANA)
    assert (await nora.post("/administration/accounts/ana/end-sessions")).status_code == 403
    assert await ana.sees()


async def test_whoever_is_logged_out_by_the_administrator_is_logged_in_nowhere_and_not_remembered() -> None:
    trial = make_trial()
    first, second, other, nora = (trial.guest() for _ in range(4))
    await first.log_in(ANA, remember=True)
    await second.log_in(ANA)
    await other.log_in(BEN)
    await nora.log_in(NORA)
    token = await first.api_token()
    await nora.submit("/administration/accounts/ana/end-sessions", {}, form="/administration/accounts")
    assert [await guest.sees(ANA) for guest in (first, second)] == [False, False]
    assert not await trial.shows_by_bearer(token, "/api/me")
    assert await other.sees(BEN)
    assert await nora.sees(NORA)
