"""Saving a form."""

import pytest

from sessionward.audit.driver import Screen
from sessionward.audit.explore.flows import Handle
from sessionward.audit.explore.groups import group_of
from sessionward.audit.explore.handles import handle_of
from sessionward.audit.explore.saving import save, save_button
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import START, as_json, login_site

ICONS = """<header><button class="icon delete" data-post="/delete" disabled data-enabled-by-filling></button>
<button class="icon archive" data-post="/archive" disabled data-enabled-by-filling></button>
<button class="icon check" data-post="/save" disabled data-enabled-by-filling></button></header>
<main><input name="first" value="Ana"></main>"""


def screen(body: str) -> Screen:
    return screen_of(parse(body), START)


@pytest.mark.parametrize(
    "body,button",
    [
        (
            '<form method="post"><input name="a"><button type="button">Cancel</button><button>Apply</button></form>',
            "Apply",
        ),
        (
            '<form method="post"><input name="a"><button>Enregistrer</button><button>Supprimer</button></form>',
            "Enregistrer",
        ),
        ('<form method="post"><input name="a"><input type="submit" value="保存"></form>', "保存"),
        ('<input name="a"><button>Save</button>', "Save"),
        (
            '<header><button>Save changes</button><button>Log out</button></header><input name="a">',
            "Save changes",
        ),
        (
            """<input type="password" disabled><button class="change-password-button">Change</button>
            <input name="a"><button>Save</button>""",
            "Save",
        ),
    ],
)
def test_the_button_that_saves_is_found(body: str, button: str) -> None:
    page = screen(body)
    field = next(each for each in page.elements if each.field == "a")
    found = save_button(page, group_of(page, field), field)
    assert found is not None
    assert button in {found.name, found.value}


def test_beside_a_password_what_changes_it_saves() -> None:
    page = screen('<input name="a" type="password"><button class="change-password-button">Change</button>')
    found = save_button(page, group_of(page, page.elements[0]), page.elements[0])
    assert found is not None
    assert found.name == "Change"


def test_nothing_that_destroys_is_taken_for_saving() -> None:
    page = screen('<input name="a"><button>Delete</button><button>Cancel</button>')
    assert save_button(page, group_of(page, page.elements[0]), page.elements[0]) is None


async def test_of_icons_side_by_side_the_one_that_saves_is_pressed_and_no_other() -> None:
    site = login_site(ICONS)
    site.routes = {("POST", f"/{name}"): lambda _r, _s: as_json() for name in ("delete", "archive", "save")}
    tab = FakeTab(site)
    page = await tab.go(START)
    field = next(each for each in page.elements if each.field == "first")
    button = save_button(page, group_of(page, field), field)
    assert button is not None
    await tab.fill(field, "Maria")
    await save(tab, await tab.look(), handle_of(page, button), handle_of(page, field))
    assert [path for path, _ in site.seen] == ["/save"]


async def test_without_a_button_the_key_does_it() -> None:
    site = login_site('<form method="post" action="/x"><input name="a"></form>')
    tab = FakeTab(site)
    page = await tab.go(START)
    await tab.fill(page.elements[0], "1")
    await save(tab, await tab.look(), None, Handle(tag="input", field="a"))
    assert site.seen == [("/x", {"a": "1"})]
