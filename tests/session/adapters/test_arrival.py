import logging

import pytest

from sessionward.session.adapters.arrival import VISITOR_COOKIE, Arrival, token_field
from sessionward.session.forgery.judge import Doubt, Sent
from sessionward.session.forgery.rules import ForgeryRules
from sessionward.session.policy import PolicyError

RULES = ForgeryRules(origins=["https://portal.example"], keys=[b"k" * 32])
SESSION = "__Host-session=first"


def arrival(cookie: str = "", rules: ForgeryRules = RULES, **headers: str) -> Arrival:
    """A POST of a browser that says nothing of where it comes from."""
    named = {name.replace("_", "-"): (value,) for name, value in headers.items()}
    return Arrival(rules, Sent(method="POST", path="/transfer", headers={"cookie": (cookie,)} | named))


def doubt_of(cookie: str, token: str | None) -> Doubt | None:
    came = arrival(cookie)
    came.show(token)
    return came.doubt


def test_a_token_is_bound_to_the_session_that_it_was_shown_in() -> None:
    token = arrival(SESSION).token()
    assert doubt_of(SESSION, token) is None
    assert doubt_of("__Host-session=second", token) is Doubt.WRONG_TOKEN
    assert doubt_of("", token) is Doubt.WRONG_TOKEN
    assert doubt_of(SESSION, None) is Doubt.WRONG_TOKEN


def test_a_visitor_gets_a_cookie_of_their_own_and_one_only() -> None:
    shown = arrival()
    token, again = shown.token(), shown.token()
    assert shown.new_cookie is not None
    assert shown.new_cookie.endswith("; Path=/; Secure; HttpOnly; SameSite=Lax")
    cookie = shown.new_cookie.partition(";")[0]
    assert cookie.startswith(f"{VISITOR_COOKIE}=")
    assert doubt_of(cookie, token) is None
    assert doubt_of(cookie, again) is None
    later = arrival(cookie)
    assert doubt_of(cookie, later.token()) is None
    assert later.new_cookie is None


def test_in_a_session_a_visitors_cookie_counts_for_nothing() -> None:
    """Whoever planted a cookie knows a token for it."""
    planter = arrival()
    token = planter.token()
    cookie = str(planter.new_cookie).partition(";")[0]
    assert doubt_of(f"{SESSION}; {cookie}", token) is Doubt.WRONG_TOKEN


@pytest.mark.parametrize(
    "cookies", [f"{VISITOR_COOKIE}=short", f"{VISITOR_COOKIE}={'a' * 43}; {VISITOR_COOKIE}={'b' * 43}"]
)
def test_a_visitors_cookie_that_is_not_ours_is_replaced(cookies: str) -> None:
    shown = arrival(cookies)
    token = shown.token()
    assert shown.new_cookie is not None
    assert doubt_of(cookies, token) is Doubt.WRONG_TOKEN


def test_a_token_in_the_answer_that_begins_or_ends_a_session_is_good_in_what_follows() -> None:
    began = arrival(SESSION).token(handed_out="second")
    assert doubt_of("__Host-session=second", began) is None
    ending = arrival(SESSION)
    token = ending.token(ending=True)
    assert doubt_of(str(ending.new_cookie).partition(";")[0], token) is None


def test_without_keys_nothing_lifts_the_doubt() -> None:
    came = arrival(SESSION, ForgeryRules(origins=["https://portal.example"]))
    came.show("a" * 64)
    assert came.doubt is Doubt.UNTOLD
    with pytest.raises(PolicyError, match="need keys"):
        came.token()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_right_token_does_not_outweigh_what_the_browser_says(site: str) -> None:
    came = arrival(SESSION, sec_fetch_site=site)
    came.show(arrival(SESSION).token())
    assert came.doubt is not None


def test_a_marked_request_may_bring_its_token_as_a_header() -> None:
    token = arrival(SESSION).token()
    read = Sent(method="GET", path="/", headers={"cookie": (SESSION,), "x-csrf-token": (token,)})
    came = Arrival(RULES, read)
    assert came.doubt is None
    came.mark()
    assert came.awaits_token
    came.show(came.token_in_header)
    assert came.doubt is None
    came.mark()
    assert came.doubt is None


def test_what_is_told_of_a_refusal_holds_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    headers = {"cookie": ("__Host-session=SECRET",), "origin": ("https://evil.example\n" + "x" * 900,)}
    path = "/reset/SECRETSECRETSECRETSECRET"
    came = Arrival(RULES, Sent(method="POST", path=path, query="code=SECRET", headers=headers))
    with caplog.at_level(logging.WARNING, "sessionward.forgery"):
        told = came.refused()
    assert (told.doubt, told.method, told.path) == (Doubt.OTHER_ORIGIN, "POST", "/reset/…")
    assert told.origin is not None
    assert (told.origin[:20], len(told.origin)) == ("https://evil.example", 200)
    assert "SECRET" not in caplog.text
    assert len(caplog.messages) == 1
    assert "\n" not in caplog.messages[0]
    assert len(caplog.messages[0]) < 400


@pytest.mark.parametrize("segment,told", [("a" * 20, "a" * 20), ("a" * 21, "…")])
def test_a_path_is_told_without_its_long_parts(segment: str, told: str) -> None:
    came = Arrival(RULES, Sent(method="POST", path=f"/x/{segment}/y"))
    assert (came.refused().path, came.refused().origin) == (f"/x/{told}/y", None)


def test_the_field_is_hidden() -> None:
    assert token_field("abc") == '<input type="hidden" name="csrf_token" value="abc">'
