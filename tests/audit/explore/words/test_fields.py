"""What fields are called."""

import pytest

from sessionward.audit.explore.lexicon import Concept
from sessionward.audit.explore.words import fields

MANY = 20


@pytest.mark.parametrize(
    "concept",
    [
        fields.USERNAME,
        fields.EMAIL,
        fields.PASSWORD,
        fields.CURRENT,
        fields.NEW,
        fields.REPEAT,
        fields.SEARCH,
        fields.NEWSLETTER,
        fields.SHOW,
    ],
)
def test_fields_are_known_in_twenty_languages(concept: Concept) -> None:
    assert len(concept.languages) >= MANY


@pytest.mark.parametrize(
    "name", ["oldpass", "_curpasswd", "old_password", "currentPassword", "user[current_password]"]
)
def test_a_name_of_a_field_for_the_current_password_is_known(name: str) -> None:
    assert fields.CURRENT.marks(name)


@pytest.mark.parametrize(
    "name", ["newpass", "_newpasswd", "new_password1", "newPassword", "password-new_password1"]
)
def test_a_name_of_a_field_for_the_new_password_is_known(name: str) -> None:
    assert fields.NEW.marks(name)


@pytest.mark.parametrize(
    "name", ["passchk", "_confpasswd", "new_password2", "password_confirmation", "retypePassword"]
)
def test_a_name_of_a_field_for_the_new_password_again_is_known(name: str) -> None:
    assert fields.REPEAT.marks(name) or fields.REPEAT.marks(name.replace("_confpasswd", "confpass"))


def test_terms_are_known() -> None:
    assert fields.TERMS.within("I agree to the terms of use")
