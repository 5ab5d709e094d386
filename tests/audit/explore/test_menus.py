"""What opens a menu, and what must not be tried as if it did."""

import pytest

from sessionward.audit.driver import Element, Screen
from sessionward.audit.explore.menus import menu_openers


def opens(element: Element) -> bool:
    screen = Screen(url="http://app.test/", title="", text="", elements=(element,))
    return menu_openers(screen, ("ana",)) == [element]


@pytest.mark.parametrize(
    "element",
    [
        Element(ref="1", tag="button", name="ana", landmark="banner"),
        Element(ref="1", tag="button", hints="user-menu", landmark="banner"),
        Element(ref="1", tag="button", name="Account / Sign out", expands=True, landmark="banner"),
    ],
)
def test_a_control_of_the_user_opens_a_menu(element: Element) -> None:
    assert opens(element)


@pytest.mark.parametrize(
    "element",
    [
        Element(ref="1", tag="a", name="Logout", href="http://app.test/#", id="usermenu-item-logout"),
        Element(ref="1", tag="button", name="Abmelden", hints="user-menu-item", landmark="banner"),
        Element(ref="1", tag="button", hints="user-menu-item fa-sign-out", landmark="banner"),
        Element(ref="1", tag="button", name="Log out", expands=True, landmark="banner"),
    ],
)
def test_a_way_out_in_a_user_menu_is_not_tried_for_a_menu(element: Element) -> None:
    assert not opens(element)
