"""The second factor."""

import pytest

from sessionward.audit.driver import Screen
from sessionward.audit.explore.second_factor import choice_of_factor, code_prompt, enter_code
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import LOGIN, START, login_site

BOXES = "".join(f'<input name="d{n}" maxlength="1">' for n in range(6))


def screen(body: str) -> Screen:
    return screen_of(parse(body), START)


@pytest.mark.parametrize(
    "body,boxes",
    [
        ('<form><label>Code <input name="x" maxlength="6" inputmode="numeric"></label></form>', 1),
        ('<form><input name="otp"><button>Verify</button></form>', 1),
        ('<form><input autocomplete="one-time-code"></form>', 1),
        ('<form><label>Bestätigungscode <input name="x"></label></form>', 1),
        ('<form><label>認証コード <input name="x"></label></form>', 1),
        ('<form><label>رمز التحقق <input name="x"></label></form>', 1),
        ('<form><input type="password" name="otp" autocomplete="one-time-code"></form>', 1),
        (
            "<h1>二段階認証</h1><p>コードを入力してください。</p><form><input name='c1'><button>確認</button></form>",
            1,
        ),
        ("<p>Enter the code that we sent you.</p><form><input name='x'><button>Go</button></form>", 1),
        (f"<div>{BOXES}</div>", 6),
    ],
)
def test_a_prompt_for_a_code_is_known(body: str, boxes: int) -> None:
    prompt = code_prompt(screen(body))
    assert prompt is not None
    assert len(prompt.boxes) == boxes


@pytest.mark.parametrize(
    "body",
    [
        LOGIN,
        '<form><label>Postal code <input name="zip"></label></form>',
        '<form><label>Promo code <input name="x"></label></form>',
        '<form><input type="search" name="q"></form>',
        '<form><label>Name <input name="name"></label></form>',
        '<input maxlength="1"><input maxlength="1">',
        "<p>Your code was right.</p><form><input name='x'></form><button>Log out</button>",
        "<p>We may send you a code.</p><form><label>User name <input name='x'></label></form>",
        "<p>We may send you a code.</p><form><input name='a'><input name='b'></form>",
    ],
)
def test_other_fields_are_no_prompt_for_a_code(body: str) -> None:
    assert code_prompt(screen(body)) is None


def test_the_button_to_send_is_not_the_one_for_another_code() -> None:
    body = '<form><input name="otp"><button>Resend code</button><button>Verify</button></form>'
    prompt = code_prompt(screen(body))
    assert prompt is not None
    assert prompt.submit is not None
    assert prompt.submit.name == "Verify"


async def test_each_box_gets_its_digit() -> None:
    site = login_site(f'<form method="post" action="/x">{BOXES}<button>Verify</button></form>')
    tab = FakeTab(site)
    prompt = code_prompt(await tab.go(START))
    assert prompt is not None
    await enter_code(tab, prompt, "123456")
    assert site.seen == [("/x", {f"d{n}": str(n + 1) for n in range(6)})]


async def test_without_a_button_it_is_sent_by_the_key() -> None:
    site = login_site('<form method="post" action="/x"><input name="otp"></form>')
    tab = FakeTab(site)
    prompt = code_prompt(await tab.go(START))
    assert prompt is not None
    await enter_code(tab, prompt, "123456")
    assert site.seen == [("/x", {"otp": "123456"})]


@pytest.mark.parametrize("by_mail,chosen", [(True, "By e-mail"), (False, "Authenticator app")])
def test_the_factor_at_hand_is_chosen(chosen: str, *, by_mail: bool) -> None:
    question = "<p>How shall we send your verification code?</p>"
    body = f"{question}<button>By e-mail</button><button>Authenticator app</button>"
    found = choice_of_factor(screen(body), by_mail=by_mail)
    assert found is not None
    assert found.name == chosen


def test_a_page_of_an_app_is_no_choice_of_factors() -> None:
    body = f"<p>Two-factor authentication is on</p><p>{'Something else. ' * 100}</p><button>E-mail</button>"
    assert choice_of_factor(screen(body), by_mail=True) is None
