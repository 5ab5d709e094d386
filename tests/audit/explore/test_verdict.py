"""Reading what a page answers."""

import pytest

from sessionward.audit.driver import Screen
from sessionward.audit.explore.verdict import Reply, asks_for_new_password, captcha_shown, looks_let_in
from sessionward.http import Exchange, Request, Response
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import HOME, LOGIN, START


def screen(body: str) -> Screen:
    return screen_of(parse(body), START)


def sent(status: int, *, body: bytes = b"p=s3cret", url: str = START, navigation: bool = False) -> Exchange:
    request = Request(method="POST", url=url, body=body)
    return Exchange(request=request, response=Response(status=status), navigation=navigation)


def reply(before: str, after: str, *exchanges: Exchange) -> Reply:
    return Reply(before=screen(before), after=screen(after), exchanges=exchanges, secrets=("s3cret",))


def test_only_what_is_new_is_the_message() -> None:
    assert reply("<p>Hello</p>", "<p>Hello</p><p>Saved</p>").message == "Saved"


def test_the_line_that_refuses_is_the_message() -> None:
    assert reply("", "<p>News</p><p>Error</p><p>The password is wrong</p>").message == "The password is wrong"


def test_a_secret_is_masked() -> None:
    assert reply("", "<p>s3cret is wrong</p>").message == "••• is wrong"


def test_a_long_message_is_cut() -> None:
    assert len(reply("", f"<p>{'Saved. ' * 50}</p>").message) == 240


@pytest.mark.parametrize(
    "exchange,status",
    [
        (sent(401), 401),
        (sent(401, body=b"x=1"), 0),
        (sent(401, body=b"x=1", navigation=True), 401),
        (sent(429, body=b"x=1", url=START + "login"), 429),
        (Exchange(request=Request(method="GET", url=START + "login"), response=Response(status=401)), 0),
    ],
)
def test_the_status_of_the_form_is_told_from_other_requests(exchange: Exchange, status: int) -> None:
    assert reply("", "", exchange).status == status


def test_a_throttle_is_told_by_status_or_words() -> None:
    assert reply("", "", sent(429)).holds_off
    assert reply("", "<p>Too many attempts</p>").holds_off
    assert not reply("", "<p>Wrong</p>").holds_off


def test_a_page_of_the_app_that_speaks_of_errors_turns_nobody_away() -> None:
    assert not reply(LOGIN, HOME + "<p>3 errors in your last upload</p>").turned_away
    assert reply(LOGIN, "<p>Wrong password</p>").turned_away
    assert reply(LOGIN, "<p>User not found</p>").turned_away
    assert reply(LOGIN, "<p>Login failed (code 404)</p>").turned_away
    assert reply(LOGIN, "<p>Oops</p>", sent(500)).turned_away


def test_the_sentence_says_what_happened() -> None:
    said = reply("", "<p>Wrong password</p>", sent(401)).sentence("the app refused the login")
    assert said == "the app refused the login (status 401): “Wrong password”"


def test_a_captcha_is_seen() -> None:
    assert captcha_shown(screen('<button class="h-captcha"></button>'))
    assert captcha_shown(screen("<p>Please confirm that you are not a robot</p>"))
    assert not captcha_shown(screen(LOGIN))


@pytest.mark.parametrize(
    "body,asked",
    [
        ('<form><input type="password"><input type="password"></form>', True),
        ('<p>Your password has expired</p><form><input type="password"></form>', True),
        (HOME, False),
        (LOGIN, False),
        (
            HOME + "<a href='/x'>x</a>" * 12 + '<form><input type="password"><input type="password"></form>',
            False,
        ),
    ],
)
def test_a_demand_for_a_new_password_is_seen(body: str, *, asked: bool) -> None:
    assert asks_for_new_password(screen(body)) is asked


@pytest.mark.parametrize(
    "body,inside",
    [
        (HOME, True),
        ("<p>Welcome</p><button>Records</button>", True),
        ('<header><a href="/login">Log in</a></header>', False),
        ('<a href="/help/login">How to log in from abroad with your phone</a>', True),
    ],
)
def test_a_page_that_offers_to_log_in_is_not_inside(body: str, *, inside: bool) -> None:
    assert looks_let_in(screen(body)) is inside


@pytest.mark.parametrize(
    "said",
    [
        "Page Not Found",
        "Error 404: page not found",
        "Fehler: Seite nicht gefunden",
        "Erreur: page introuvable",
    ],
)
def test_a_missing_page_is_no_refusal_of_the_login(said: str) -> None:
    assert not reply(
        LOGIN, f"<h1>{said}</h1><p>The page you are looking for doesn't seem to exist.</p>"
    ).turned_away
