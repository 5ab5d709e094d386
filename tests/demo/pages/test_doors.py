import pytest

from tests.demo.trial import Trial, make_trial

PRIVATE = ["/overview", "/profile", "/email", "/password", "/records", "/records/rec-7f3a", "/messages"]
API = ["/api/me", "/api/records", "/api/messages"]


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.mark.parametrize("path", [*PRIVATE, "/records/rec-7f3a/print"])
async def test_a_private_page_sends_a_stranger_to_the_login(trial: Trial, path: str) -> None:
    guest = trial.guest(session="A" * 43)
    answer = await guest.get(path)
    assert (answer.status_code, answer.headers["location"], answer.text) == (303, "/login", "")


@pytest.mark.parametrize("path", API)
@pytest.mark.parametrize("credentials", [None, "Bearer ", "Bearer made-up", "Basic YTpi", "å"])
async def test_the_api_refuses_whoever_has_no_login(trial: Trial, path: str, credentials: str | None) -> None:
    headers = [] if credentials is None else [(b"authorization", credentials.encode())]
    answer = await trial.guest().http.get(path, headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {"error": "not logged in"}


async def test_a_token_that_opens_nothing_is_refused_though_the_cookie_would_do(trial: Trial) -> None:
    guest = trial.guest()
    await guest.log_in()
    assert (await guest.get("/api/me")).status_code == 200
    assert (await guest.get("/api/me", {"authorization": "Bearer made-up"})).status_code == 401


async def test_a_page_token_is_no_api_token_nor_the_other_way_round(trial: Trial) -> None:
    guest = trial.guest()
    await guest.log_in()
    assert guest.token
    assert not await trial.shows_by_bearer(guest.token, "/api/me")
    assert not await trial.guest(session=await guest.api_token()).sees()


async def test_the_messages_open_to_the_api_token_alone(trial: Trial) -> None:
    guest = trial.guest()
    await guest.log_in()
    assert (await guest.get("/api/messages")).status_code == 401
    assert await trial.shows_by_bearer(await guest.api_token(), "/api/messages")


async def test_what_a_script_asks_for_is_nobodys_being_there(trial: Trial) -> None:
    guest = trial.guest()
    await guest.log_in()
    token = await guest.api_token()
    trial.clock.now += 600
    assert await trial.shows_by_bearer(token, "/api/me")
    trial.clock.now += 300
    assert not await trial.shows_by_bearer(token, "/api/me")
    assert not await guest.sees()
