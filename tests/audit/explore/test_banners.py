"""Cookie banners."""

import pytest

from sessionward.audit.explore.banners import banner_answer, clear
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.sites import START, login_site

BANNER = """<div role="dialog" id="c"><p>{text}</p><button data-closes="c">{yes}</button>
<button data-closes="c">{no}</button></div>"""


@pytest.mark.parametrize(
    "text,yes,no",
    [
        ("We use cookies", "Accept all", "Reject all"),
        ("Wir verwenden Cookies", "Alle akzeptieren", "Alle ablehnen"),
        ("Nous utilisons des cookies", "Tout accepter", "Tout refuser"),
        ("Мы используем файлы cookie", "Принять все", "Отклонить все"),
        ("当サイトはクッキーを使用します", "同意する", "拒否"),
        ("نستخدم ملفات تعريف الارتباط", "قبول الكل", "رفض الكل"),
    ],
)
async def test_a_banner_is_refused_in_its_language(text: str, yes: str, no: str) -> None:
    tab = FakeTab(login_site(BANNER.format(text=text, yes=yes, no=no)))
    after = await clear(tab, await tab.go(START))
    assert tab.clicked == [no]
    assert not any(each.visible for each in after.elements)


async def test_a_banner_without_a_way_to_refuse_is_accepted() -> None:
    tab = FakeTab(
        login_site('<div id="c" class="cookie-note">Cookies! <button data-closes="c">OK</button></div>')
    )
    await clear(tab, await tab.go(START))
    assert tab.clicked == ["OK"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Hello</p><button>OK</button>",
        "<p>Our cookies are tasty</p><button>Log in</button><button>Register</button>",
        '<p>Cookies</p><a href="/accept">Accept</a>',
    ],
)
def test_what_is_no_banner_is_left_alone(body: str) -> None:
    assert banner_answer(screen_of(parse(body), START)) is None


async def test_a_banner_that_does_not_react_is_left() -> None:
    tab = FakeTab(login_site("<p>Cookies</p><button disabled>Accept cookies</button>"))
    before = await tab.go(START)
    assert await clear(tab, before) is before
