from datetime import timedelta

import pytest

from sessionward.demo.sample_people import ANA, BEN
from tests.demo.trial import BY_HAND, Trial, make_trial, text_of


@pytest.fixture
def trial() -> Trial:
    return make_trial()


@pytest.mark.parametrize(
    "path,says", [("/", "Opening hours"), ("/login", "Password"), ("/goodbye", "logged out")]
)
async def test_a_public_page_needs_no_login(trial: Trial, path: str, says: str) -> None:
    answer = await trial.guest().get(path)
    assert answer.status_code == 200
    assert says in answer.text


async def test_the_login_leads_to_the_overview_and_is_not_offered_again(trial: Trial) -> None:
    guest = trial.guest()
    assert (await guest.log_in()).headers["location"] == "/overview"
    assert (await guest.get("/login")).headers["location"] == "/overview"


async def test_a_wrong_password_and_an_unknown_address_are_answered_alike(trial: Trial) -> None:
    answers = []
    for email in (ANA.email, "nobody@example.org"):
        guest = trial.guest()
        fields = {"username": email, "password": "wrong"}
        answer = await guest.submit("/login", fields)
        proof = await guest.forgery_token("/login")
        answers.append((answer.status_code, text_of(answer).replace(email, "").replace(proof, "")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422


async def test_a_password_that_was_sent_is_never_sent_back(trial: Trial) -> None:
    answer = await trial.guest().log_in(password="the-wrong-password")
    assert "the-wrong-password" not in answer.text
    assert ANA.email in answer.text


async def test_a_form_that_is_too_old_is_offered_anew_and_then_works() -> None:
    guest = make_trial(protections=BY_HAND).guest()
    fields = {"username": ANA.email, "password": ANA.password}
    stale = await guest.post("/login", fields | {"forgery_token": "old"})
    assert stale.status_code == 403
    assert "Please log in again." in stale.text
    assert (await guest.log_in()).status_code == 303


async def test_after_five_failures_the_next_try_must_wait_even_with_the_right_password(trial: Trial) -> None:
    guest = trial.guest()
    for _ in range(5):
        assert (await guest.log_in(password="wrong")).status_code == 422
    refused = await guest.log_in()
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "1"
    assert "Try again in 1 second." in refused.text
    assert (await guest.log_in(BEN)).status_code == 303
    trial.clock.now += 1
    assert (await trial.guest().log_in()).status_code == 303


async def test_a_try_that_must_wait_is_not_counted(trial: Trial) -> None:
    guest = trial.guest()
    for _ in range(20):
        await guest.log_in(password="wrong")
    trial.clock.now += 1
    assert (await guest.log_in()).status_code == 303


@pytest.mark.parametrize("seconds,reason", [(900, "nothing happened here"), (12 * 3600, "longest duration")])
async def test_who_comes_back_too_late_is_told_why(seconds: int, reason: str) -> None:
    trial = make_trial(inactivity_timeout=timedelta(minutes=15) if seconds == 900 else None)
    guest = trial.guest()
    await guest.log_in()
    trial.clock.now += seconds
    assert (await guest.get("/profile")).headers["location"] == "/login"
    assert reason in (await guest.get("/login")).text


async def test_who_is_logged_out_by_another_device_is_told_why() -> None:
    trial = make_trial(concurrent_sessions=1)
    first, second = trial.guest(), trial.guest()
    await first.log_in()
    trial.clock.now += 1
    await second.log_in()
    assert "logged in on other devices" in (await first.get("/login")).text
    assert "login on another device was ended" in (await second.get("/overview")).text


async def test_who_is_logged_out_by_a_new_password_is_told_why(trial: Trial) -> None:
    first, second = trial.guest(), trial.guest()
    await first.log_in()
    await second.log_in()
    await second.change_password()
    assert "password or login name of your account changed" in (await first.get("/login")).text


async def test_every_page_of_a_login_offers_the_logout(trial: Trial) -> None:
    guest = trial.guest()
    await guest.log_in()
    for path in (
        "/",
        "/overview",
        "/records",
        "/records/rec-7f3a",
        "/records/rec-7f3a/print",
        "/messages",
        "/nothing",
    ):
        assert 'action="/logout"' in (await guest.get(path)).text


async def test_the_address_of_the_logout_alone_does_nothing(trial: Trial) -> None:
    guest = trial.guest()
    await guest.log_in()
    assert (await guest.get("/logout")).status_code == 405
    assert await guest.sees()


async def test_logging_out_twice_does_no_harm(trial: Trial) -> None:
    guest = trial.guest()
    await guest.log_in()
    proof = await guest.forgery_token("/profile")
    answers = [await guest.post("/logout", {"forgery_token": proof}, guest.own) for _ in range(2)]
    assert [answer.headers["location"] for answer in answers] == ["/goodbye", "/goodbye"]
