"""Recognising where a password is changed."""

import pytest

from sessionward.audit.driver import Element, Screen
from sessionward.audit.explore.password_form import password_form, reauthentication, roles
from tests.audit.explore.html_screen import parse, screen_of
from tests.audit.explore.password_pages import FORMS, NO_FORMS, change, password


def screen(body: str) -> Screen:
    return screen_of(parse(body), "http://app.test/settings/profile")


@pytest.mark.parametrize("name", sorted(set(FORMS) - {"one field among the user's data"}))
def test_each_field_is_told_by_what_it_asks_for(name: str) -> None:
    body, expected = FORMS[name]
    form = password_form(screen(body))
    assert form is not None
    assert tuple(each.field if each else "" for each in (form.current, form.new, form.confirm)) == expected


def test_a_single_field_among_the_data_of_a_user_is_a_change_with_an_icon_to_save() -> None:
    form = password_form(screen(FORMS["one field among the user's data"][0]))
    assert form is not None
    assert (form.new.field, form.current, form.confirm) == ("b", None, None)
    assert form.submit is not None
    assert "check" in form.submit.hints


@pytest.mark.parametrize("name", sorted(NO_FORMS))
def test_what_is_no_change_is_not_taken_for_one(name: str) -> None:
    assert password_form(screen_of(parse(NO_FORMS[name]), "http://app.test/home")) is None


def test_the_surer_of_two_forms_is_taken() -> None:
    body = NO_FORMS["deleting the account"] + FORMS["English"][0]
    form = password_form(screen(body))
    assert form is not None
    assert form.new.field == "b"


def test_a_question_for_the_present_password_is_seen() -> None:
    asked = reauthentication(screen(change(password("p", "Current password"), "Confirm")))
    assert asked is not None
    assert asked[0].field == "p"


def test_a_new_password_is_no_question_for_the_present_one() -> None:
    assert reauthentication(screen(change(password("p", "New password")))) is None


def test_without_words_two_fields_are_new_and_again() -> None:
    fields = [Element(ref=str(n), tag="input", type="password") for n in range(2)]
    assert roles(fields) == (None, fields[0], fields[1])


def test_without_words_three_fields_are_current_new_and_again() -> None:
    fields = [Element(ref=str(n), tag="input", type="password") for n in range(3)]
    assert roles(fields) == tuple(fields)
