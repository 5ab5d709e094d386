"""The form for the account's own data."""

import pytest

from sessionward.audit.driver import Screen
from sessionward.audit.explore.flows import Handle, ProfileFlow
from sessionward.audit.explore.profile import find_profile, plant, read_profile
from sessionward.http import Request, Response
from tests.audit.explore.fake_tab import FakeTab, fields_of
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import Site, html

PROFILE = """<main><h1>My profile</h1><form method="post" action="/profile">
<label>Full name <input name="name" value="Ana"></label>
<label>E-mail <input name="mail" type="email" value="ana@example.org"></label>
<label>Phone <input name="phone" type="tel" value="+1 555"></label>
<label>Address <input name="address" value="1 Long Road"></label>
<label>Allergies <input name="short" maxlength="5" value="none"></label><button>Save</button></form></main>"""
NAMES = """<main><form method="post" action="/profile"><label>Vollständiger Name <input name="name" value="Ana"></label>
<label>E-Mail <input name="mail" value="ana@example.org"></label>
<label>Aktuelles Passwort <input name="old" type="password"></label><button>Speichern</button></form></main>"""
NO_PROFILES = {
    "a contact form that is empty": """<form method="post"><label>Name <input name="n"></label>
      <label>Address <input name="a"></label><button>Send</button></form>""",
    "a search": '<form action="/s"><input name="q" placeholder="Address" value="x"><button>Search</button></form>',
    "a registration": """<form method="post"><label>Name <input value="Ana"></label>
      <label>Address <input value="x"></label><button>Create account</button></form>""",
    "data that cannot be edited": """<form method="post"><label>Name <input name="n" value="Ana" readonly></label>
      <label>Address <input name="a" value="x" readonly></label><button>Save</button></form>""",
}


def save(request: Request, site: Site) -> Response:
    fields = fields_of(request)
    if "old" in fields and fields["old"] != "pw":
        return html(f"<p>Wrong password</p>{NAMES}")
    site.pages = {**site.pages, "/profile": PROFILE.replace("1 Long Road", fields.get("address", ""))}
    return html("<p>Saved.</p>" + site.pages["/profile"])


def site_with(**pages: str) -> tuple[Site, FakeTab]:
    site = Site(
        pages={f"/{name}": body for name, body in pages.items()},
        routes={("POST", "/profile"): save},
        private=frozenset(),
    )
    return site, FakeTab(site)


def screen(body: str) -> Screen:
    return screen_of(parse(body), "http://app.test/profile")


async def test_the_most_private_field_that_has_room_is_taken() -> None:
    found = read_profile(screen(PROFILE))
    assert found is not None
    assert (found.flow.field.field, found.flow.kind, found.flow.private) == ("address", "address", True)
    assert found.flow.before == "1 Long Road"


async def test_a_name_is_taken_where_there_is_nothing_private_and_the_password_field_is_kept() -> None:
    found = read_profile(screen(NAMES))
    assert found is not None
    assert (found.flow.field.field, found.flow.private) == ("name", False)
    assert found.flow.password is not None
    assert found.flow.password.field == "old"


@pytest.mark.parametrize("name", sorted(NO_PROFILES))
async def test_what_is_no_profile_is_not_taken_for_one(name: str) -> None:
    assert read_profile(screen_of(parse(NO_PROFILES[name]), "http://app.test/contact")) is None


async def test_a_form_without_a_method_that_says_it_saves_is_sent_by_a_script() -> None:
    scripted = PROFILE.replace('method="post"', "").replace('action="/profile"', "")
    assert "method" not in scripted
    assert read_profile(screen(scripted)) is not None
    assert read_profile(screen(scripted.replace("Save", "Show"))) is None


async def test_a_page_that_is_called_the_account_s_is_opened() -> None:
    _, tab = site_with(home='<nav><a href="/profile">Mon compte</a></nav>', profile=PROFILE)
    flow = await find_profile(tab, [await tab.go("http://app.test/home")])
    assert flow is not None
    assert flow.url == "http://app.test/profile"


async def test_a_text_is_planted_and_taken_back() -> None:
    _, tab = site_with(profile=PROFILE)
    flow = await find_profile(tab, [await tab.go("http://app.test/profile")])
    assert flow is not None
    assert await plant(tab, flow, "sw0123456789ab") == "Saved."
    planted = await tab.go("http://app.test/profile")
    assert [each.value for each in planted.elements if each.field == "address"] == ["sw0123456789ab"]
    await plant(tab, flow, flow.before)
    before = await tab.go("http://app.test/profile")
    assert [each.value for each in before.elements if each.field == "address"] == ["1 Long Road"]


@pytest.mark.parametrize("password,said", [("", "Wrong password"), ("pw", "Saved.")])
async def test_the_password_is_given_where_the_form_asks_for_it(password: str, said: str) -> None:
    _, tab = site_with(profile=NAMES)
    flow = await find_profile(tab, [await tab.go("http://app.test/profile")])
    assert flow is not None
    assert said in await plant(tab, flow, "sw0123456789ab", password=password)


async def test_a_field_that_is_gone_is_told() -> None:
    _, tab = site_with(profile="<p>Hello</p>")
    gone = ProfileFlow(
        url="http://app.test/profile", field=Handle(tag="input", field="x"), kind="name", private=False
    )
    assert "any more" in await plant(tab, gone, "x")
