"""Finding the login."""

import pytest

from sessionward.audit.driver import TargetUnreachable
from sessionward.audit.explore.flows import LoginHints
from sessionward.audit.explore.login import LoginNotFound, find_login
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.login_pages import LOGIN_PAGES
from tests.audit.explore.sites import LOGIN, START, Site, login_site, redirect

NO_HINTS = LoginHints()


@pytest.mark.parametrize("name", sorted(LOGIN_PAGES))
async def test_a_login_is_found_on_each_kind_of_page(name: str) -> None:
    flow = await find_login(FakeTab(LOGIN_PAGES[name]()), START, NO_HINTS)
    assert flow.url.startswith(START)


async def test_a_form_in_the_start_page_is_found_without_any_click() -> None:
    flow = await find_login(FakeTab(login_site(LOGIN)), START, NO_HINTS)
    assert (flow.url, flow.path, flow.steps, flow.remember) == (START, (), 1, False)


async def test_a_redirect_of_the_start_page_is_kept_as_the_address() -> None:
    site = Site(pages={"/login": LOGIN}, routes={("GET", "/"): lambda _r, _s: redirect("/login?next=/")})
    flow = await find_login(FakeTab(site), START, NO_HINTS)
    assert flow.url == "http://app.test/login?next=/"


async def test_an_address_made_for_one_visit_is_not_kept() -> None:
    target = "/login?state=Zx81kQ0aPq77LmN2bVd9"
    site = Site(pages={"/login": LOGIN}, routes={("GET", "/"): lambda _r, _s: redirect(target)})
    flow = await find_login(FakeTab(site), START, NO_HINTS)
    assert flow.url == START


async def test_a_login_behind_a_link_is_found_at_its_own_address() -> None:
    site = login_site(
        '<header><a href="/register">Sign up</a><a href="/in">Sign in</a></header>', **{"in": LOGIN}
    )
    flow = await find_login(FakeTab(site), START, NO_HINTS)
    assert (flow.url, flow.path) == ("http://app.test/in", ())


async def test_a_dialog_is_found_behind_its_button() -> None:
    body = f'<header><button data-opens="d">Sign in</button></header><dialog id="d">{LOGIN}</dialog>'
    flow = await find_login(FakeTab(login_site(body)), START, NO_HINTS)
    assert [handle.name for handle in flow.path] == ["Sign in"]


async def test_a_menu_and_a_choice_are_opened_on_the_way() -> None:
    body = """<header><button aria-expanded="false" data-opens="m">Sign in</button></header>
      <ul id="m" hidden><li><a href="/doctors">Sign in as doctor</a></li></ul>"""
    flow = await find_login(FakeTab(login_site(body, doctors=LOGIN)), START, NO_HINTS)
    assert flow.url == "http://app.test/doctors"


async def test_a_usual_address_is_tried_when_no_page_leads_there() -> None:
    site = Site(pages={"/": "<main><h1>Our clinic</h1></main>", "/accounts/login/": LOGIN})
    flow = await find_login(FakeTab(site), START, NO_HINTS)
    assert flow.url == "http://app.test/accounts/login/"


async def test_in_an_unknown_language_short_links_of_the_header_are_tried() -> None:
    body = '<header><a href="/about">Qhapaq</a><a href="/yaykuna">Yaykuna</a></header>'
    form = LOGIN.replace("User name", "Suti").replace("Log in", "Yaykuy").replace("Password", "Yaykuna rimay")
    flow = await find_login(FakeTab(login_site(body, about="<p>…</p>", yaykuna=form)), START, NO_HINTS)
    assert flow.url == "http://app.test/yaykuna"


async def test_the_address_of_the_user_wins() -> None:
    site = login_site(LOGIN, staff=LOGIN)
    flow = await find_login(FakeTab(site), START, LoginHints(url="/staff"))
    assert flow.url == "http://app.test/staff"


async def test_the_selectors_of_the_user_make_a_form_of_what_is_none() -> None:
    body = (
        '<main><textarea id="who"></textarea><textarea id="what"></textarea><a href="#" id="go">Ok</a></main>'
    )
    hints = LoginHints(username="#who", password="#what", submit="#go")
    flow = await find_login(FakeTab(login_site(body)), START, hints)
    assert flow.url == START


async def test_the_box_to_be_remembered_is_seen() -> None:
    body = LOGIN.replace("<button>", '<label><input type="checkbox" name="r"> Remember me</label><button>')
    assert (await find_login(FakeTab(login_site(body)), START, NO_HINTS)).remember


async def test_without_a_login_it_says_what_was_seen() -> None:
    site = Site(pages={"/": '<header><a href="/about">About us</a></header>', "/about": "<p>We are.</p>"})
    with pytest.raises(LoginNotFound, match="0 password fields, 1 links") as raised:
        await find_login(FakeTab(site), START, NO_HINTS)
    assert raised.value.screen.url == START


async def test_a_server_that_asks_the_browser_itself_is_named() -> None:
    site = Site(pages={}, routes={("GET", "/"): lambda _r, _s: redirect("/x")})
    site.routes = {("GET", "/"): lambda _r, _s: type(redirect("/"))(status=401)}
    with pytest.raises(LoginNotFound, match="HTTP authentication"):
        await find_login(FakeTab(site), START, NO_HINTS)


async def test_an_unreachable_start_is_passed_up() -> None:
    with pytest.raises(TargetUnreachable):
        await find_login(FakeTab(login_site(LOGIN)), "http://elsewhere.test/", NO_HINTS)


async def test_registration_search_and_newsletter_are_no_login() -> None:
    body = """<header><form action="/search"><input name="q" placeholder="Search">
      <button>Search</button></form></header>
      <main><form method="post" action="/register"><input name="email" placeholder="E-mail">
      <input name="p1" type="password" placeholder="Password"><input name="p2" type="password" placeholder="Confirm">
      <button>Create account</button></form></main>
      <footer><form method="post" action="/newsletter"><input name="mail" type="email" placeholder="Your e-mail">
      <button>Subscribe</button></form></footer>"""
    with pytest.raises(LoginNotFound):
        await find_login(FakeTab(login_site(body)), START, NO_HINTS)
