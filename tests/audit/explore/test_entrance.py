"""Recognising a login form."""

import pytest

from sessionward.audit.driver import Screen
from sessionward.audit.explore.entrance import locate, login_form, login_openers, remember_tick, submit_button
from sessionward.audit.explore.flows import LoginHints
from sessionward.audit.explore.groups import groups
from sessionward.audit.explore.words.access import LOGIN as TO_LOG_IN
from sessionward.audit.explore.words.access import NEXT
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import LOGIN, START, login_site

NAME_ALONE = '<form method="post"><input name="email" autocomplete="username"><button>Next</button></form>'


def screen(body: str, path: str = "") -> Screen:
    return screen_of(parse(body), START + path)


@pytest.mark.parametrize(
    "body",
    [
        '<form><input name="mail" placeholder="E-mail"><button>Subscribe to the newsletter</button></form>',
        '<form role="search"><input name="q"><button>Search</button></form>',
        '<form><input name="email" placeholder="E-mail"><button>Reset password</button></form>',
        '<form><input name="email"><input type="password" placeholder="New password"><button>Sign up</button></form>',
        '<form><input type="password" name="a"><input type="password" name="b"><button>Save</button></form>',
        "<form><input name='a'><input name='b'><input name='c'><input type='password'><button>Join</button></form>",
        '<form><input name="code" placeholder="Verification code"><button>Continue</button></form>',
        '<form><textarea name="text"></textarea><input name="email"><button>Continue</button></form>',
    ],
)
def test_what_is_no_login_is_not_taken_for_one(body: str) -> None:
    assert login_form(screen(body)) is None


def test_a_form_for_the_name_alone_counts_only_when_asked_for() -> None:
    page = screen(NAME_ALONE, "signin")
    form = login_form(page)
    assert form is not None
    assert form.password is None
    assert login_form(page, name_alone=False) is None


def test_a_forgotten_password_at_its_own_address_is_no_first_step() -> None:
    assert login_form(screen(NAME_ALONE, "forgot-password")) is None


def test_the_surest_of_two_forms_is_taken() -> None:
    registration = """<form action="/register"><input name="x"><input type="password" name="y">
      <button>Join</button></form>"""
    form = login_form(screen(registration + LOGIN))
    assert form is not None
    assert form.password is not None
    assert form.password.field == "p"


def test_the_button_that_sends_is_told_from_those_beside_it() -> None:
    body = LOGIN.replace(
        "<button>",
        '<button type="button">Sign in with Google</button><button type="button" class="eye"></button>'
        '<button type="button">Forgot?</button><button>',
    )
    form = login_form(screen(body))
    assert form is not None
    assert form.submit is not None
    assert form.submit.name == "Log in"


def test_without_any_fitting_button_there_is_none() -> None:
    group = next(groups(screen('<form><input type="password"><button type="button">Show</button></form>')))
    assert submit_button(group, TO_LOG_IN, NEXT) is None


@pytest.mark.parametrize(
    "box,is_one",
    [
        ('<label><input type="checkbox" name="x"> Keep me signed in</label>', True),
        ('<input type="checkbox" name="remember_me">', True),
        ('<label><input type="checkbox" name="x"> ログイン状態を保持する</label>', True),
        ('<label><input type="checkbox" name="x"> Remember my user name</label>', False),
        ('<label><input type="checkbox" name="x"> I accept the terms</label>', False),
    ],
)
def test_the_box_to_be_remembered_is_told_from_others(box: str, *, is_one: bool) -> None:
    group = next(groups(screen(f"<form>{box}</form>")))
    assert (remember_tick(group) is not None) is is_one


def test_the_likeliest_way_to_the_login_comes_first() -> None:
    body = """<header><a href="/register">Sign up</a><a href="/about">About</a><a href="/in">Log in</a></header>
      <main><a href="/oauth/google">Sign in with Google</a><p><a href="/x">How to log in to our new portal today</a></p>
      </main><footer><a href="/logout">Log out</a></footer>"""
    assert [each.name for each in login_openers(screen(body))][:1] == ["Log in"]
    assert "Log out" not in [each.name for each in login_openers(screen(body))]
    assert "Sign up" not in [each.name for each in login_openers(screen(body))]


async def test_selectors_of_the_user_come_before_what_was_recognised() -> None:
    tab = FakeTab(login_site(LOGIN + '<input id="other" name="other">'))
    form = await locate(tab, await tab.go(START), LoginHints(username="#other"))
    assert form is not None
    assert form.name is not None
    assert form.password is not None
    assert (form.name.field, form.password.field) == ("other", "p")


async def test_selectors_that_match_nothing_change_nothing() -> None:
    tab = FakeTab(login_site(LOGIN))
    form = await locate(tab, await tab.go(START), LoginHints(username="#none"))
    assert form is not None
    assert form.name is not None
    assert form.name.field == "u"
