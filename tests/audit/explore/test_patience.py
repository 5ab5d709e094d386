"""Waiting for a page that draws itself late."""

from sessionward.audit.driver import Screen
from sessionward.audit.explore.patience import LOOKS, drawn
from tests.audit.explore.fake_tab import FakeTab
from tests.audit.explore.html_screen import parse
from tests.audit.explore.sites import LOGIN, START, login_site


class LateTab(FakeTab):
    """Draws the page only after it was asked to settle some times."""

    def __init__(self, after: int) -> None:
        super().__init__(login_site("<p>Loading …</p>"))
        self.after = after
        self.settled = 0

    async def settle(self) -> None:
        self.settled += 1
        if self.settled == self.after:
            self.root = parse(LOGIN)


async def test_a_page_that_is_drawn_late_is_waited_for() -> None:
    tab = LateTab(after=3)
    screen = await drawn(tab, await tab.go(START))
    assert (len(screen.elements), tab.settled) == (3, 3)


async def test_a_page_that_is_there_is_not_looked_at_again() -> None:
    tab = FakeTab(login_site(LOGIN))
    screen = await tab.go(START)
    assert await drawn(tab, screen) is screen


async def test_a_page_that_stays_empty_is_given_up() -> None:
    tab = LateTab(after=1000)
    screen: Screen = await drawn(tab, await tab.go(START))
    assert (screen.elements, tab.settled) == ((), LOOKS)
