"""Finding where the password is changed, and changing it."""

from urllib.parse import urlsplit

import pytest

from sessionward.audit.explore.flows import Handle, PasswordFlow
from sessionward.audit.explore.password import change_password, find_password_change
from sessionward.http import Request, Response
from tests.audit.explore.fake_tab import FakeTab, fields_of
from tests.audit.explore.password_pages import FORMS, NO_FORMS, change, password
from tests.audit.explore.sites import LOGIN, Site, html

HOME = "http://app.test/home"
PLAIN = FORMS["English"][0]
IN_A_MENU = """<header><button aria-expanded="false" data-opens="m" class="avatar">A</button>
<ul id="m" hidden><li><a href="/pw">Account</a></li></ul></header>"""


def changed(request: Request, site: Site) -> Response:
    fields = fields_of(request)
    if "wrong" in fields.values():
        return html("<p>The current password is incorrect.</p>" + PLAIN)
    return html("<p>Your password was changed.</p>" + PLAIN)


def site_with(home: str, **pages: str) -> tuple[Site, FakeTab]:
    site = Site(
        pages={"/": LOGIN, "/home": home} | {f"/{name}": body for name, body in pages.items()},
        routes={("POST", "/password"): changed},
        private=frozenset({"/home"}),
    )
    site.live.add("s1")
    tab = FakeTab(site)
    tab.jar["sid"] = "s1"
    return site, tab


async def find(tab: FakeTab, *known: str) -> PasswordFlow | None:
    return await find_password_change(tab, [await tab.go(HOME)], known)


@pytest.mark.parametrize(
    "home,pages",
    [
        (PLAIN, {}),
        ('<nav><a href="/pw">Change password</a></nav>', {"pw": PLAIN}),
        ('<nav><a href="/me">My profile</a></nav>', {"me": '<a href="/pw">Security</a>', "pw": PLAIN}),
        (
            '<nav><a href="/s">Einstellungen</a></nav>',
            {"s": '<a href="/pw">Passwort ändern</a>', "pw": PLAIN},
        ),
        ('<nav><a href="/s">設定</a></nav>', {"s": '<a href="/x">パスワード変更</a>', "x": PLAIN}),
        (f'<button data-opens="d">Change password</button><dialog id="d">{PLAIN}</dialog>', {}),
        (IN_A_MENU, {"pw": PLAIN}),
        (
            '<nav><a href="/me">My profile</a></nav>',
            {"me": f'<button role="tab" data-opens="t">Security</button><div id="t" hidden>{PLAIN}</div>'},
        ),
        ("<p>Nothing leads there</p>", {".well-known/change-password": PLAIN}),
        ("<p>Nothing leads there</p>", {"settings": PLAIN}),
    ],
)
async def test_the_change_is_found_wherever_it_is(home: str, pages: dict[str, str]) -> None:
    site, tab = site_with(home, **pages)
    flow = await find(tab)
    assert flow is not None
    assert site.seen == []
    fresh = FakeTab(site)
    fresh.jar["sid"] = "s1"
    said = await change_password(fresh, flow, current="old", new="fresh", mode="right")
    assert said == "Your password was changed."
    assert site.seen == [("/password", {"a": "old", "b": "fresh", "c": "fresh"})]


async def test_a_link_called_like_the_account_is_followed() -> None:
    _, tab = site_with(
        '<main><a href="/u/7">ana</a><a href="/u/8">bob</a></main>', **{"u/7": PLAIN, "u/8": ""}
    )
    flow = await find(tab, "ana")
    assert flow is not None
    assert urlsplit(flow.url).path == "/u/7"


async def test_an_address_that_is_known_is_tried() -> None:
    _, tab = site_with("<p>Hello</p>", **{"x/change-password": PLAIN})
    flow = await find(tab, "http://app.test/x/change-password")
    assert flow is not None


@pytest.mark.parametrize("name", sorted(NO_FORMS))
async def test_nothing_is_found_where_there_is_none(name: str) -> None:
    site, tab = site_with(NO_FORMS[name])
    assert await find(tab) is None
    assert site.seen == []


async def test_no_screens_give_nothing() -> None:
    _, tab = site_with("")
    assert await find_password_change(tab, (), ()) is None


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
