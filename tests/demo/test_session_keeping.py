import pytest

from sessionward.demo.protections import Protections
from tests.demo.trial import BY_HAND, Trial, make_trial


@pytest.fixture(params=[Protections(), BY_HAND], ids=["by the layer", "by hand"])
def trial(request: pytest.FixtureRequest) -> Trial:
    return make_trial(protections=request.param)


@pytest.mark.parametrize("path", ["/static/clinic.css", "/static/nothing"])
async def test_for_a_shared_file_nobody_is_looked_up(trial: Trial, path: str) -> None:
    guest = trial.guest()
    await guest.log_in(remember=True)
    again = trial.guest(remember=guest.remembered)
    assert "set-cookie" not in (await again.get(path)).headers
    assert await again.sees()


async def test_an_error_page_knows_the_visitor_and_brings_the_cookies(trial: Trial) -> None:
    guest = trial.guest()
    await guest.log_in(remember=True)
    again = trial.guest(remember=guest.remembered)
    answer = await again.get("/no-such-page")
    assert answer.status_code == 404
    assert "/overview" in answer.text
    assert again.remembered not in {guest.remembered, None}


async def test_an_api_token_dies_with_the_session_of_its_page(trial: Trial) -> None:
    ways = {}
    for way in ("logout", "password", "timeout"):
        guest = trial.guest()
        await guest.log_in()
        ways[way] = (guest, await guest.api_token())
        assert await trial.shows_by_bearer(ways[way][1], "/api/me")
    await ways["logout"][0].log_out()
    assert not await trial.shows_by_bearer(ways["logout"][1], "/api/me")
    assert await trial.shows_by_bearer(ways["password"][1], "/api/me")
    await ways["password"][0].change_password()
    assert not await trial.shows_by_bearer(ways["password"][1], "/api/me")
    assert not await trial.shows_by_bearer(ways["timeout"][1], "/api/me")
    fresh = await ways["password"][0].api_token()
    trial.clock.now += 899
    assert await trial.shows_by_bearer(fresh, "/api/waiting") is False
    trial.clock.now += 1
    assert not await trial.shows_by_bearer(fresh, "/api/me")


async def test_an_api_token_dies_when_its_session_makes_room(trial: Trial) -> None:
    first = trial.guest()
    await first.log_in()
    token = await first.api_token()
    for _ in range(5):
        trial.clock.now += 1
        await trial.guest().log_in()
    assert not await trial.shows_by_bearer(token, "/api/me")
