"""What belongs together on a screen."""

import pytest

from sessionward.audit.driver import Element, Screen
from sessionward.audit.explore.groups import (
    address_words,
    group_of,
    groups,
    is_anchor,
    is_field,
    is_link,
    is_password,
    is_pressed,
    is_text,
    label,
    same_origin,
)
from tests.audit.explore.html_screen import parse, screen_of


def screen(body: str) -> Screen:
    return screen_of(parse(body), "http://app.test/")


def test_the_fields_of_a_form_belong_together() -> None:
    page = screen("<form><input name='a'></form><form id='f'><input name='b'><button>Go</button></form>")
    second = group_of(page, page.elements[1])
    assert [each.field or each.name for each in second.elements] == ["b", "Go"]
    assert second.identifiers == "/   f"


def test_without_a_form_a_dialog_is_apart_and_comes_first() -> None:
    page = screen("<input name='a'><dialog open><input name='b'></dialog>")
    assert [[each.field for each in group.elements] for group in groups(page)] == [["b"], ["a"]]


def test_hidden_and_disabled_fields_are_no_part_of_what_can_be_filled() -> None:
    page = screen("<form><input name='a' hidden><input name='b' disabled><input name='c'></form>")
    assert [each.field for each in next(groups(page)).texts] == ["c"]


@pytest.mark.parametrize(
    "href,anchor",
    [
        ("#", True),
        ("#top", True),
        ("http://app.test/#", True),
        ("http://app.test/#/users", False),
        ("#!/users", False),
        ("http://app.test/a", False),
    ],
)
def test_a_place_on_the_page_is_no_address(href: str, *, anchor: bool) -> None:
    link = Element(ref="1", tag="a", href=href)
    assert is_anchor(link) is anchor
    assert is_link(link) is not anchor
    assert is_pressed(link) is anchor


def test_a_link_that_opens_a_menu_is_pressed() -> None:
    assert is_pressed(Element(ref="1", tag="a", href="http://app.test/#menu", expands=True))


@pytest.mark.parametrize("href", ["mailto:a@b.c", "javascript:void(0)", "tel:1"])
def test_other_schemes_lead_nowhere(href: str) -> None:
    assert not is_link(Element(ref="1", tag="a", href=href))


def test_passwords_texts_and_boxes_are_told_apart() -> None:
    assert is_password(Element(ref="1", tag="input", type="password"))
    assert not is_password(Element(ref="1", tag="input", type="password", maxlength=1))
    assert is_password(Element(ref="1", tag="input", type="text", autocomplete="current-password"))
    assert is_text(Element(ref="1", tag="input", type="email"))
    assert not is_text(Element(ref="1", tag="input", type="search"))
    assert is_field(Element(ref="1", tag="select"))
    assert not is_field(Element(ref="1", tag="input", type="submit"))


def test_a_button_is_called_by_its_name_or_value() -> None:
    assert label(Element(ref="1", tag="input", type="submit", value="Go")) == "Go"
    assert label(Element(ref="1", tag="input", placeholder="E-mail")) == "E-mail"


def test_the_words_of_an_address_leave_out_the_host() -> None:
    assert address_words("http://login.test/a%20b?do=edit#/x") == "/a b do=edit /x"


def test_an_origin_is_scheme_host_and_port() -> None:
    assert same_origin("http://app.test/a", "http://app.test/b")
    assert not same_origin("http://app.test/a", "http://app.test:81/a")
