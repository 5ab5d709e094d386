"""Logging in."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.explore.entry import log_in
from sessionward.audit.explore.flows import Credentials, Entered, LoginFlow, LoginHints
from sessionward.audit.explore.login import find_login
from tests.audit.explore.conftest import Stage
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.login_pages import LOGIN_PAGES, SECOND_PAGE, TWO_PAGES
from tests.audit.explore.scripted_pages import SCRIPTED_PAGES
from tests.audit.explore.sites import ANA, HOME, LOGIN, START, Site, html, login_site

WRONG = Credentials(username=ANA.username, password="not-it-9")
NO_HINTS = LoginHints()
CODE_PAGE = """<main><h1>Two-factor authentication</h1><form method="post" action="/code">
<label>Code <input name="c" inputmode="numeric" autocomplete="one-time-code" maxlength="6"></label>
<button type="button">Resend code</button><button>Verify</button></form></main>"""
SIX_BOXES = (
    "<main><p>Enter the verification code</p><form method='post' action='/code'>"
    + "".join(f'<input name="d{n}" maxlength="1" inputmode="numeric">' for n in range(6))
    + "<button>Verify</button></form></main>"
)


async def enter(
    site: Site,
    who: Credentials = ANA,
    *,
    remember: bool = False,
    code: Callable[[], Awaitable[str | None]] | None = None,
    hints: LoginHints = NO_HINTS,
) -> Entered:
    flow = await find_login(FakeTab(site), START, hints)
    return await log_in(FakeTab(site), flow, who, hints, remember=remember, code=code)


DRAWN_BY_BOTH = (
    "Arabic",
    "a button that filling enables",
    "a cookie banner over it",
    "beside a registration",
    "dialog",
    "placeholders only",
    "several ways",
    "two pages",
    "two steps of a single page",
)
IN_BROWSER = dict(SCRIPTED_PAGES) | {name: LOGIN_PAGES[name] for name in DRAWN_BY_BOTH}


async def six_digits() -> str | None:
    return "123456"


async def no_code() -> str | None:
    return None


@pytest.mark.parametrize("name", sorted(LOGIN_PAGES))
async def test_the_right_password_is_let_in_on_each_kind_of_page(name: str) -> None:
    site = LOGIN_PAGES[name]()
    entered = await enter(site)
    assert (entered.ok, entered.reason) == (True, "")
    assert len(site.live) == 1


@pytest.mark.parametrize("name", sorted(LOGIN_PAGES))
async def test_a_wrong_password_is_refused_on_each_kind_of_page(name: str) -> None:
    site = LOGIN_PAGES[name]()
    entered = await enter(site, WRONG)
    assert (entered.ok, entered.refused) == (False, True)
    assert "Invalid user name or password" in entered.reason
    assert site.live == set()


@pytest.mark.parametrize(
    "refusal",
    [
        "Benutzername oder Passwort falsch",
        "パスワードが正しくありません",
        "Неверный пароль",
        "كلمة المرور غير صحيحة",
    ],
)
async def test_a_refusal_is_told_in_the_words_of_the_page(refusal: str) -> None:
    site = login_site(LOGIN)
    site.refusal = refusal
    entered = await enter(site, WRONG)
    assert entered.refused
    assert refusal in entered.reason


async def test_a_refusal_in_an_unknown_language_is_still_a_refusal() -> None:
    site = login_site(LOGIN)
    site.refusal = "Manam allinchu"
    entered = await enter(site, WRONG)
    assert (entered.ok, entered.refused) == (False, True)


async def test_a_page_that_repeats_the_password_does_not_bring_it_into_the_reason() -> None:
    site = login_site(LOGIN)
    site.refusal = f"Wrong password {WRONG.password}"
    assert WRONG.password not in (await enter(site, WRONG)).reason


async def test_a_bare_page_that_says_no_is_a_refusal() -> None:
    site = login_site(LOGIN)
    site.routes = {
        ("POST", "/session"): lambda _r, _s: html("<p>Wrong password.</p><a href='/'>Try again</a>")
    }
    entered = await enter(site, WRONG)
    assert (entered.ok, entered.refused) == (False, True)


async def test_a_page_that_silently_leads_back_to_the_start_is_not_taken_for_success() -> None:
    site = login_site('<header><a href="/in">Log in</a></header><h1>Our clinic</h1>', **{"in": LOGIN})
    site.routes = {("POST", "/session"): lambda _r, s: html(s.pages["/"])}
    assert not (await enter(site)).ok


async def test_a_throttle_is_named() -> None:
    site = login_site(LOGIN)
    site.routes = {("POST", "/session"): lambda _r, _s: html(f"<p>Slow down</p>{LOGIN}", status=429)}
    entered = await enter(site)
    assert entered.refused
    assert "holds off" in entered.reason


async def test_a_captcha_is_named() -> None:
    captcha = LOGIN.replace(
        "<button>", '<div class="g-recaptcha" role="checkbox">I am not a robot</div><button>'
    )
    site = login_site(captcha)
    site.routes = {("POST", "/session"): lambda _r, _s: html(captcha)}
    assert "captcha" in (await enter(site)).reason


@pytest.mark.parametrize("prompt", [CODE_PAGE, SIX_BOXES])
async def test_a_one_time_code_is_given(prompt: str) -> None:
    site = login_site(LOGIN, code=prompt)
    site.code = "123456"
    entered = await enter(site, code=six_digits)
    assert entered.ok
    assert entered.flow is not None
    assert entered.flow.second_factor


async def test_a_page_that_is_drawn_anew_while_the_code_is_awaited_is_looked_at_again() -> None:
    site = login_site(LOGIN, code=CODE_PAGE)
    site.code = "123456"
    tab, flow = FakeTab(site), await find_login(FakeTab(site), START, NO_HINTS)

    async def late() -> str | None:
        site.pages = {**site.pages, "/code": "<p><a href='/help'>Help</a> <input name='q'></p>" + CODE_PAGE}
        await tab.go(tab.url)
        return await six_digits()

    assert (await log_in(tab, flow, ANA, NO_HINTS, remember=False, code=late)).ok


@pytest.mark.parametrize("code", [None, no_code])
async def test_a_code_that_nobody_has_is_named(code: Callable[[], Awaitable[str | None]] | None) -> None:
    site = login_site(LOGIN, code=CODE_PAGE)
    site.code = "123456"
    entered = await enter(site, code=code)
    assert not entered.ok
    assert "one-time code" in entered.reason


async def test_a_refused_code_is_told() -> None:
    site = login_site(LOGIN, code=CODE_PAGE)
    site.code = "654321"
    entered = await enter(site, code=six_digits)
    assert entered.refused
    assert "Invalid code" in entered.reason


@pytest.mark.parametrize("remember", [True, False])
@pytest.mark.parametrize("checked", ["", "checked"])
async def test_the_box_to_be_remembered_is_set_as_wanted(checked: str, *, remember: bool) -> None:
    box = f'<label><input type="checkbox" name="r" value="1" {checked}> Keep me signed in</label><button>'
    site = login_site(LOGIN.replace("<button>", box))
    entered = await enter(site, remember=remember)
    assert entered.remembered is remember
    assert ("r" in site.seen[-1][1]) is remember


async def test_being_asked_to_stay_signed_in_is_answered_as_wanted() -> None:
    question = """<main><h1>Stay signed in?</h1><form method="post" action="/stay">
      <button name="s" value="n">No</button><button name="s" value="y">Yes</button></form></main>"""
    site = login_site(LOGIN)
    site.routes = {
        ("POST", "/session"): lambda _r, _s: html(question),
        ("POST", "/stay"): lambda _r, s: s.begin(),
    }
    entered = await enter(site, remember=True)
    assert (entered.ok, entered.remembered) == (True, True)
    assert site.seen[-1] == ("/stay", {"s": "y"})


async def test_a_welcome_in_between_is_skipped() -> None:
    welcome = "<main><h1>Welcome!</h1><form method='post' action='/go'><button>Not now</button></form></main>"
    site = login_site(LOGIN)
    site.routes = {
        ("POST", "/session"): lambda _r, _s: html(welcome),
        ("POST", "/go"): lambda _r, s: s.begin(),
    }
    assert (await enter(site)).ok
    assert len(site.live) == 1


async def test_a_demand_for_a_new_password_is_named() -> None:
    demand = """<main><p>Your password has expired</p><form method="post" action="/new"><input type="password" name="a">
      <input type="password" name="b"><button>Save</button></form></main>"""
    site = login_site(LOGIN)
    site.routes = {("POST", "/session"): lambda _r, _s: html(demand)}
    entered = await enter(site)
    assert not entered.ok
    assert "demands a new password" in entered.reason


async def test_two_pages_count_as_two_steps() -> None:
    entered = await enter(login_site(TWO_PAGES, password=SECOND_PAGE))
    assert entered.flow is not None
    assert entered.flow.steps == 2


async def test_an_unknown_name_is_told() -> None:
    nobody = Credentials(username="nobody@example.org", password="x")
    entered = await enter(login_site(TWO_PAGES, password=SECOND_PAGE), nobody)
    assert entered.refused
    assert "couldn't find" in entered.reason


async def test_the_address_that_is_given_is_opened() -> None:
    site = login_site(LOGIN)
    tab = FakeTab(site)
    await log_in(tab, LoginFlow(url=START), ANA, NO_HINTS, remember=False, address=f"{START}?sid=planted")
    assert tab.exchanges[0].request.url == f"{START}?sid=planted"


async def test_selectors_of_the_user_are_filled() -> None:
    body = """<main><form method="post" action="/session"><textarea id="who" name="who"></textarea>
      <textarea id="what" name="what"></textarea><button id="go">Ok</button></form></main>"""
    hints = LoginHints(username="#who", password="#what", submit="#go")
    site = login_site(body)
    assert (await enter(site, hints=hints)).ok
    assert site.seen[-1] == ("/session", {"who": ANA.username, "what": ANA.password})


async def test_a_page_that_does_not_open_is_passed_up() -> None:
    with pytest.raises(TargetUnreachable):
        await log_in(
            FakeTab(login_site(LOGIN)), LoginFlow(url="http://x.test/"), ANA, NO_HINTS, remember=False
        )


async def test_a_form_that_is_gone_is_named() -> None:
    entered = await log_in(FakeTab(login_site(HOME)), LoginFlow(url=START), ANA, NO_HINTS, remember=False)
    assert (entered.ok, entered.refused) == (False, False)
    assert "no login form" in entered.reason


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("name", sorted(IN_BROWSER))
async def test_in_a_browser_the_wrong_password_is_refused_and_the_right_one_let_in(
    name: str, stage: Stage, driver: Chromium
) -> None:
    site = IN_BROWSER[name]()
    stage.app = site
    tab = await driver.open()
    flow = await find_login(tab, stage.start, NO_HINTS)
    await tab.close()
    tab = await driver.open()
    refused = await log_in(tab, flow, WRONG, NO_HINTS, remember=False)
    await tab.close()
    assert (refused.ok, refused.refused) == (False, True)
    assert "Invalid user name or password" in refused.reason
    tab = await driver.open()
    entered = await log_in(tab, flow, ANA, NO_HINTS, remember=False)
    await tab.close()
    assert (entered.ok, entered.reason) == (True, "")
    assert len(site.live) == 1


class Scripted(FakeTab):
    """A tab whose user's script fills a form that nobody would recognise."""

    def scripted(self, account: Mapping[str, Any]) -> None:
        fields = {"u": account["username"], "p": account["password"]}
        self._navigate("POST", f"{START}session", urlencode(fields).encode())


BY_SCRIPT = LoginHints(script="/of/the/user/login.py")


@pytest.mark.parametrize("who,let_in", [(ANA, True), (WRONG, False)])
async def test_a_script_of_the_user_logs_in_where_recognition_fails(
    who: Credentials, *, let_in: bool
) -> None:
    site = LOGIN_PAGES["plain form"]()
    flow = await find_login(Scripted(site), START, BY_SCRIPT)
    entered = await log_in(Scripted(site), flow, who, BY_SCRIPT, remember=False)
    assert entered.ok is let_in


async def test_a_script_that_fails_is_told() -> None:
    site = LOGIN_PAGES["plain form"]()
    with pytest.raises(DriverError, match="script failed"):
        await log_in(FakeTab(site), LoginFlow(url=START), ANA, BY_SCRIPT, remember=False)
