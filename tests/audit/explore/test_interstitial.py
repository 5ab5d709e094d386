"""Pages that come between the login and the app."""

import pytest

from sessionward.audit.driver import Screen
from sessionward.audit.explore.interstitial import asks_to_stay, leave_interstitial, way_on
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import START, login_site

STAY = "<h1>Stay signed in?</h1><button>No</button><button>Yes</button>"
APP = """<header><a href="/a">Home</a><a href="/b">Records</a><a href="/c">Visits</a><a href="/d">Mail</a>
<a href="/e">Help</a><a href="/logout">Log out</a></header><main><button>Next</button><button>Close</button>
<button>Skip</button></main>"""


def screen(body: str) -> Screen:
    return screen_of(parse(body), START)


@pytest.mark.parametrize("remember,answer", [(True, "Yes"), (False, "No")])
def test_the_question_to_stay_signed_in_is_answered_as_wanted(answer: str, *, remember: bool) -> None:
    page = screen(STAY)
    assert asks_to_stay(page)
    assert [each.name for each in way_on(page, remember=remember)] == [answer]


@pytest.mark.parametrize(
    "body,pressed",
    [
        ("<h1>Welcome!</h1><button>Take a tour</button><button>Skip for now</button>", ["Skip for now"]),
        ("<h1>Willkommen</h1><button>Weiter</button>", ["Weiter"]),
        (
            "<p>Terms</p><label><input type='checkbox'> I accept the terms</label><button>Continue</button>",
            ["I accept the terms", "Continue"],
        ),
        ("<dialog open><p>New: dark mode</p><button>Got it</button></dialog>" + APP, ["Got it"]),
    ],
)
def test_a_page_in_between_is_passed(body: str, pressed: list[str]) -> None:
    assert [each.name for each in way_on(screen(body), remember=False)] == pressed


@pytest.mark.parametrize(
    "body",
    [
        APP,
        "<form><input name='text'><button>Continue</button></form>",
        "<dialog open><input name='x'><button>OK</button></dialog>",
    ],
)
def test_a_page_of_the_app_itself_is_left_alone(body: str) -> None:
    assert way_on(screen(body), remember=False) == ()


async def test_boxes_are_ticked_and_buttons_pressed() -> None:
    body = """<div id="x"><label><input type="checkbox" name="t"> I accept the terms</label>
      <button data-closes="x">Continue</button></div>"""
    tab = FakeTab(login_site(body))
    after = await leave_interstitial(tab, await tab.go(START), remember=False)
    assert after is not None
    assert [each.checked for each in after.elements] == [True, False]
    assert tab.clicked == ["Continue"]


async def test_without_such_a_page_nothing_is_done() -> None:
    tab = FakeTab(login_site(APP))
    assert await leave_interstitial(tab, await tab.go(START), remember=False) is None
