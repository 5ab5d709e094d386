"""Changing the password."""

import pytest

from sessionward.audit.browser.chromium import Chromium
from sessionward.audit.explore.flows import Handle, LoginHints, PasswordFlow
from sessionward.audit.explore.login import find_login, log_in
from sessionward.audit.explore.password import change_password, find_password_change
from sessionward.http import Response
from tests.audit.explore.conftest import Stage
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.password_pages import FORMS, change, password
from tests.audit.explore.password_site import HOME, PLAIN, site_with
from tests.audit.explore.sites import ANA, html


async def find(tab: FakeTab) -> PasswordFlow | None:
    return await find_password_change(tab, [await tab.go(HOME)], ())


async def test_a_wrong_current_password_is_typed_as_it_is_given() -> None:
    site, tab = site_with(PLAIN)
    flow = await find(tab)
    assert flow is not None
    said = await change_password(tab, flow, current="wrong", new="fresh", mode="wrong")
    assert said == "The current password is incorrect."
    assert site.seen[-1][1]["a"] == "wrong"


async def test_an_omitted_current_password_is_not_sent_at_all() -> None:
    site, tab = site_with(PLAIN)
    flow = await find(tab)
    assert flow is not None
    await change_password(tab, flow, current="old", new="fresh", mode="omitted")
    assert site.seen[-1] == ("/password", {"b": "fresh", "c": "fresh"})


async def test_other_fields_of_the_form_stay_as_they_are() -> None:
    body, _ = FORMS["the current one last"]
    site, tab = site_with(body)
    flow = await find(tab)
    assert flow is not None
    await change_password(tab, flow, current="old", new="fresh", mode="right")
    assert site.seen[-1][1] == {"fullname": "Ana", "newpass": "fresh", "passchk": "fresh", "oldpass": "old"}


async def test_a_button_that_filling_enables_is_pressed() -> None:
    body, _ = FORMS["one field among the user's data"]
    site, tab = site_with(body)
    site.routes = {("POST", "/password"): lambda _r, _s: Response(status=200, body=b"{}")}
    flow = await find(tab)
    assert flow is not None
    await change_password(tab, flow, current="old", new="fresh", mode="right")
    assert site.seen[-1][1]["b"] == "fresh"
    assert site.seen[-1][1]["mail"] == "ana@example.org"


@pytest.mark.parametrize("mode,answers", [("right", 2), ("wrong", 1)])
async def test_a_question_for_the_present_password_is_answered_only_when_all_is_right(
    mode: str, answers: int
) -> None:
    asking = change(password("again", "Current password"), "Confirm").replace("/password", "/confirm")
    site, tab = site_with(change(password("b", "New password") + password("c", "Repeat")))
    site.routes = {
        ("POST", "/password"): lambda _r, _s: html(asking),
        ("POST", "/confirm"): lambda _r, _s: html("<p>Done</p>"),
    }
    flow = await find(tab)
    assert flow is not None
    assert mode in {"right", "wrong"}
    await change_password(tab, flow, current="old", new="fresh", mode="right" if mode == "right" else "wrong")
    assert len(site.seen) == answers


async def test_passwords_do_not_stand_in_what_is_given_back() -> None:
    site, tab = site_with(PLAIN)
    site.routes = {("POST", "/password"): lambda _r, _s: html("<p>fresh-7 is too short, not like old-7</p>")}
    flow = await find(tab)
    assert flow is not None
    said = await change_password(tab, flow, current="old-7", new="fresh-7", mode="right")
    assert "fresh-7" not in said
    assert "old-7" not in said


async def test_a_form_that_is_gone_is_told() -> None:
    _, tab = site_with("<p>Hello</p>")
    gone = PasswordFlow(url=HOME, new=Handle(tag="input", type="password", field="b"))
    assert "any more" in await change_password(tab, gone, current="old", new="new", mode="right")


async def test_a_page_that_does_not_open_is_told() -> None:
    _, tab = site_with("")
    flow = PasswordFlow(url="http://elsewhere.test/", new=Handle(tag="input", type="password"))
    assert "broke off" in await change_password(tab, flow, current="old", new="new", mode="right")


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("name", ["Japanese", "the current one last", "one field among the user's data"])
async def test_in_a_browser_the_change_is_found_and_sent(name: str, stage: Stage, driver: Chromium) -> None:
    body, (current, new, again) = FORMS[name]
    site, _ = site_with('<header><a href="/profile">Profil</a></header>', profile=body)
    site.routes = {("POST", "/password"): lambda _r, _s: html("<p>Done</p>")}
    stage.app = site
    tab = await driver.open()
    flow = await find_login(tab, stage.start, LoginHints())
    assert (await log_in(tab, flow, ANA, LoginHints(), remember=False)).ok
    way = await find_password_change(tab, [await tab.look()], ())
    assert way is not None
    await change_password(tab, way, current="old", new="fresh", mode="right")
    await tab.close()
    sent = dict(site.seen)["/password"]
    expected = {current: "old", new: "fresh", again: "fresh"}
    assert {name: sent[name] for name in expected if name} == {n: v for n, v in expected.items() if n}
