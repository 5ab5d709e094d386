from datetime import timedelta

import pytest

from sessionward.demo.protections import Protections
from sessionward.demo.remembered_logins import REMEMBERED_LIFETIME
from sessionward.demo.sample_people import ANA, BEN
from tests.demo.trial import BY_HAND, NEW_PASSWORD, Guest, Trial, make_trial


@pytest.fixture
def trial() -> Trial:
    return make_trial(protections=BY_HAND)


async def logged_in(trial: Trial, *, remember: bool = False) -> Guest:
    guest = trial.guest()
    await guest.log_in(remember=remember)
    return guest


async def test_a_visitor_who_only_looks_is_given_no_cookie(trial: Trial) -> None:
    answer = await trial.guest().get("/")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/static/clinic.css", "/static/nothing"])
async def test_a_shared_file_sets_no_cookie_and_spends_no_remembered_login(trial: Trial, path: str) -> None:
    guest = await logged_in(trial, remember=True)
    again = trial.guest(remember=guest.remembered)
    assert "set-cookie" not in (await again.get(path)).headers
    assert await again.sees()


async def test_a_session_ends_in_the_browser_when_it_closes_and_a_remembered_login_after_a_month(
    trial: Trial,
) -> None:
    guest = trial.guest()
    await guest.get("/login")
    answer = await guest.log_in(remember=True)
    session, remembered = answer.headers.get_list("set-cookie")
    assert session.split("; ")[1:] == ["HttpOnly", "Path=/", "SameSite=lax", "Secure"]
    assert remembered.split("; ")[1:] == ["HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=lax", "Secure"]


async def test_by_https_the_cookies_are_secure_and_bound_to_the_host(trial: Trial) -> None:
    guest = trial.guest()
    answer = await guest.log_in(remember=True)
    cookies = answer.headers.get_list("set-cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["__Host-session", "__Host-remember"]
    assert all({"Secure", "Path=/", "HttpOnly"} <= set(cookie.split("; ")) for cookie in cookies)
    assert not any("domain=" in cookie.lower() for cookie in cookies)
    assert await guest.sees()


async def test_a_second_login_in_one_browser_ends_the_first(trial: Trial) -> None:
    guest = await logged_in(trial, remember=True)
    first, remembered = guest.token, guest.remembered
    proof = await guest.forgery_token("/profile")
    await guest.post(
        "/login", {"username": BEN.email, "password": BEN.password, "forgery_token": proof}, guest.own
    )
    assert await guest.sees(BEN)
    assert not await trial.guest(session=first).sees()
    assert not await trial.guest(remember=remembered).sees()


async def test_a_remembered_browser_is_logged_in_again_and_given_a_new_token(trial: Trial) -> None:
    guest = await logged_in(trial, remember=True)
    first = guest.remembered
    trial.clock.now += 3600
    assert await guest.sees()
    assert guest.remembered not in {first, None}
    trial.clock.now += 3600
    assert await guest.sees()
    assert not await trial.guest(remember=first).sees()


async def test_a_remembered_login_is_not_spent_by_sending_a_form(trial: Trial) -> None:
    guest = await logged_in(trial, remember=True)
    trial.clock.now += 3600
    answer = await guest.post("/profile", {"name": "Somebody"}, guest.own)
    assert answer.headers["location"] == "/login"
    assert await guest.sees()


async def test_a_remembered_login_that_is_renewed_by_an_error_page_is_not_lost(trial: Trial) -> None:
    guest = await logged_in(trial, remember=True)
    trial.clock.now += 3600
    assert (await guest.get("/records/no-such-record")).status_code == 404
    trial.clock.now += 3600
    assert await guest.sees()


async def test_a_remembered_login_does_not_outlive_its_term() -> None:
    trial = make_trial(protections=BY_HAND, inactivity_timeout=timedelta(minutes=1))
    guest = await logged_in(trial, remember=True)
    trial.clock.now += REMEMBERED_LIFETIME
    assert not await guest.sees()


async def test_logging_out_reaches_a_remembered_login_that_was_renewed_elsewhere(trial: Trial) -> None:
    guest = await logged_in(trial, remember=True)
    thief = trial.guest(remember=guest.remembered)
    assert await thief.sees()
    renewed = thief.remembered
    await guest.log_out()
    assert not await trial.guest(remember=renewed).sees()


async def test_logging_out_when_the_session_is_over_still_ends_the_remembered_login(trial: Trial) -> None:
    guest = await logged_in(trial, remember=True)
    remembered = guest.remembered
    proof = await guest.forgery_token("/profile")
    trial.clock.now += 3600
    answer = await guest.post("/logout", {"forgery_token": proof}, guest.own)
    assert answer.headers["location"] == "/goodbye"
    assert guest.remembered is None
    assert not await trial.guest(remember=remembered).sees()


async def test_logging_out_takes_the_cookies_from_the_browser(trial: Trial) -> None:
    guest = await logged_in(trial, remember=True)
    await guest.log_out()
    assert (guest.token, guest.remembered) == (None, None)


async def test_a_new_password_renews_the_token_of_the_browser_that_set_it(trial: Trial) -> None:
    guest = await logged_in(trial, remember=True)
    first, remembered = guest.token, guest.remembered
    await guest.change_password()
    assert await guest.sees()
    assert guest.token != first
    assert not await trial.guest(session=first).sees()
    assert guest.remembered is None
    assert not await trial.guest(remember=remembered).sees()


async def test_a_new_password_leaves_the_other_accounts_alone(trial: Trial) -> None:
    ben = trial.guest()
    await ben.log_in(BEN, remember=True)
    await (await logged_in(trial)).change_password()
    assert await ben.sees(BEN)
    assert await trial.guest(remember=ben.remembered).sees(BEN)


async def test_a_password_may_be_what_it_was_before(trial: Trial) -> None:
    guest = await logged_in(trial)
    await guest.change_password()
    await guest.change_password(NEW_PASSWORD, ANA.password)
    assert (await trial.guest().log_in()).status_code == 303


async def test_a_page_that_asks_by_itself_spends_no_remembered_login(trial: Trial) -> None:
    guest = await logged_in(trial, remember=True)
    again = trial.guest(remember=guest.remembered)
    assert (await again.get("/api/waiting")).status_code == 401
    assert await again.sees()


@pytest.mark.parametrize("scheme,marks", [("http", []), ("https", ["SameSite=none"])])
async def test_cookies_for_other_sites_are_marked_so_where_browsers_take_the_mark(
    scheme: str, marks: list[str]
) -> None:
    protections = Protections(cookies_same_site="none")
    guest = make_trial(protections=protections).guest()
    answer = await guest.http.get(f"{scheme}://clinic.test/login")
    parts = answer.headers["set-cookie"].split("; ")
    assert [part for part in parts if part.startswith("SameSite")] == marks
