from http.cookies import SimpleCookie
from threading import Thread

import pytest
from django.test import Client

from sessionward.session.result import StoreError
from sessionward.session.state import Reason, Session, Subject
from sessionward.session.stores.memory import MemoryStore
from tests.session.adapters.django_people import PASSWORD, holding, logged_in, token, user, who
from tests.session.adapters.django_site import CLICK, COOKIE, NOW, PLACE, start_anew


class Down(MemoryStore):
    """A store that cannot be asked."""

    def get(self, digest: bytes) -> Session:
        raise StoreError("down")


def test_a_visitor_costs_the_store_nothing_and_is_given_no_cookie() -> None:
    PLACE.store = Down()
    start_anew()
    answer = Client().get("/me")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Vary"] == "Cookie, Authorization"


def test_a_login_hands_out_a_cookie_with_every_protection() -> None:
    user()
    answer = Client().post("/login", {"name": "ana", "password": PASSWORD})
    line = answer.cookies[COOKIE].OutputString()
    assert line.startswith("__Host-session=")
    assert line.endswith("; Path=/; Secure; HttpOnly; SameSite=Lax; Priority=High")
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_what_depends_on_a_session_is_kept_by_no_cache_whatever_the_view_says() -> None:
    user()
    answer = logged_in().get("/me")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert Client().get("/me").headers["Cache-Control"] == "public, max-age=60"


def test_a_token_that_a_browser_brought_along_is_never_adopted() -> None:
    user()
    planted = "A" * 43
    browser = holding(planted)
    browser.post("/login", {"name": "ana", "password": PASSWORD})
    assert who(browser) == "ana"
    assert token(browser) != planted
    assert who(holding(planted)) == ""


def test_a_token_from_before_the_login_opens_nothing_after_it() -> None:
    user()
    browser = Client()
    browser.post("/put/basket", {"value": "tea"})
    before = token(browser)
    browser.post("/login", {"name": "ana", "password": PASSWORD})
    assert browser.get("/me").json()["data"] == {"basket": "tea"}
    assert holding(before).get("/me").json()["data"] == {}


def test_a_request_under_way_does_not_bring_a_session_back_that_was_logged_out() -> None:
    user()
    browser = logged_in()
    old = token(browser)
    slow = Thread(target=lambda: holding(old).post("/slow/late"))
    slow.start()
    assert PLACE.entered.wait(10)
    browser.post("/logout")
    PLACE.go_on.set()
    slow.join(10)
    seen = holding(old).get("/me").json()
    assert (seen["who"], seen["state"], seen["data"]) == ("", "terminated", {})


def test_requests_at_once_that_write_different_values_both_keep_theirs() -> None:
    user()
    browser = logged_in()
    old = token(browser)
    slow = Thread(target=lambda: holding(old).post("/slow/a"))
    slow.start()
    assert PLACE.entered.wait(10)
    holding(old).post("/put/b")
    PLACE.go_on.set()
    slow.join(10)
    assert browser.get("/me").json()["data"] == {"a": "slow", "b": "x"}


def test_of_two_that_write_the_same_value_the_later_is_told_that_it_was_not_kept() -> None:
    user()
    browser = logged_in()
    old = token(browser)
    answers: list[int] = []
    slow = Thread(target=lambda: answers.append(holding(old).post("/slow/a").status_code))
    slow.start()
    assert PLACE.entered.wait(10)
    holding(old).post("/put/a")
    PLACE.go_on.set()
    slow.join(10)
    assert answers == [409]
    assert browser.get("/me").json()["data"] == {"a": "x"}


def test_a_refused_answer_still_brings_the_token_of_a_renewal() -> None:
    user()
    browser = logged_in()
    before = token(browser)
    answer = browser.post("/renew")
    assert (answer.status_code, answer.content) == (423, b"423\n")
    assert token(browser) != before
    PLACE.now += 60
    assert browser.get("/me").json()["state"] == "locked"


def test_a_store_that_cannot_be_asked_serves_nothing() -> None:
    user()
    browser = logged_in()
    PLACE.store = Down()
    start_anew()
    answer = browser.get("/me")
    assert (answer.status_code, answer.content) == (503, b"503\n")


def test_a_locked_session_shows_nobody_and_refuses_what_is_written() -> None:
    user()
    browser = logged_in()
    browser.post("/put/a")
    browser.post("/lock")
    seen = browser.get("/me").json()
    assert (seen["who"], seen["state"], seen["locked_user"], seen["data"]) == ("", "locked", "ana", {})
    assert browser.post("/put/b").status_code == 423


def test_logging_in_again_opens_the_lock_with_what_was_there() -> None:
    user()
    browser = logged_in()
    browser.post("/put/a")
    handle = browser.get("/me").json()["handle"]
    browser.post("/lock")
    browser.post("/login", {"name": "ana", "password": PASSWORD})
    seen = browser.get("/me").json()
    assert (seen["who"], seen["handle"], seen["data"]) == ("ana", handle, {"a": "x"})


def test_somebody_else_who_logs_in_over_a_locked_session_sees_nothing_of_it() -> None:
    user()
    user("ben")
    browser = logged_in()
    browser.post("/put/a")
    browser.post("/lock")
    browser.post("/login", {"name": "ben", "password": PASSWORD})
    seen = browser.get("/me").json()
    assert (seen["who"], seen["data"]) == ("ben", {})


def test_a_crash_keeps_nothing_of_what_the_view_wrote() -> None:
    user()
    browser = logged_in()
    browser.raise_request_exception = False
    assert browser.post("/crash").status_code == 500
    assert browser.get("/me").json()["data"] == {}


def test_a_login_in_a_view_that_then_fails_is_whole_all_the_same() -> None:
    user()
    browser = Client()
    browser.post("/login", {"name": "ana", "password": PASSWORD, "status": "500"})
    assert who(browser) == "ana"


def test_what_was_written_before_a_stream_began_is_kept() -> None:
    browser = Client()
    answer = browser.get("/stream")
    assert answer.getvalue() == b"onetwo"
    assert browser.get("/me").json()["data"] == {"streamed": "yes"}


def test_two_cookies_of_our_name_are_none() -> None:
    user()
    right = token(logged_in())
    answer = Client().get("/me", headers={"cookie": f"{COOKIE}={right}; {COOKIE}={'A' * 43}"})
    assert answer.json()["who"] == ""
    assert answer.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("value", ["", "x" * 5000, "a.b.c", "é" * 43, "../../etc"])
def test_a_cookie_of_garbage_is_no_session(value: str) -> None:
    assert Client().get("/me", headers={"cookie": f"{COOKIE}={value}"}).json()["who"] == ""


def test_clicks_put_the_timeout_off_and_polls_do_not() -> None:
    user()
    clicking, polling = logged_in(), logged_in()
    for _ in range(4):
        PLACE.now += 300
        clicking.get("/me", headers=CLICK)
        polling.get("/me", headers={"sec-fetch-mode": "cors"})
    assert PLACE.now - NOW > 900
    assert (who(clicking), who(polling)) == ("ana", "")


def test_a_logout_takes_the_cookie_away() -> None:
    user()
    browser = logged_in()
    answer = browser.post("/logout")
    cookie: SimpleCookie = answer.cookies
    assert "Max-Age=0" in cookie[COOKIE].OutputString()
    assert who(browser) == ""


def test_a_session_that_ended_while_the_login_was_refused_is_answered_with_403() -> None:
    user()
    user("ben")
    browser = Client()
    browser.post("/first", {"name": "ana", "password": PASSWORD})
    assert browser.post("/second/ben").status_code == 403
    assert who(browser) == ""


def test_all_sessions_of_somebody_end_at_once() -> None:
    ana = user()
    browser = logged_in()
    PLACE.store.advance_epoch(
        Subject(tenant="default", id=str(ana.pk)), reason=Reason.ADMINISTRATOR, at=NOW, keep=None
    )
    assert who(browser) == ""
