"""Filling fields, and telling private ones."""

import re

import pytest

from sessionward.audit.driver import Element
from sessionward.audit.explore.forms import PRIVATE, Filler, personal_kind


def field(**traits: str | int) -> Element:
    return Element(**({"ref": "1", "tag": "input", "type": "text"} | traits))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "element,kind",
    [
        (field(autocomplete="street-address"), "address"),
        (field(autocomplete="shipping address-line1"), "address"),
        (field(autocomplete="family-name"), "name"),
        (field(autocomplete="bday"), "birth"),
        (field(type="tel"), "phone"),
        (field(type="email"), "email"),
        (field(name="Notfallkontakt"), "emergency"),
        (field(name="Numéro de sécurité sociale"), "insurance"),
        (field(name="アレルギー"), "medical"),
        (field(field="date_of_birth"), "birth"),
        (field(name="First Name", field="name_email-first_name"), "name"),
        (field(name="Quantity", field="qty"), ""),
        (field(type="password", name="Address"), ""),
        (Element(ref="1", tag="button", name="Address"), ""),
    ],
)
def test_what_a_field_holds_is_told(element: Element, kind: str) -> None:
    assert personal_kind(element) == kind


def test_names_and_mail_addresses_are_not_called_private() -> None:
    assert {"medical", "address", "phone", "birth", "insurance", "emergency"} == PRIVATE


def test_a_free_text_is_a_canary_that_stands_nowhere_else() -> None:
    filler = Filler(7)
    texts = [filler.value(field()) for _ in range(50)]
    assert len(set(texts)) == 50
    assert all(re.fullmatch(r"sw[0-9a-f]{12}", text) for text in texts)
    assert texts == filler.canaries


def test_the_same_seed_gives_the_same_values() -> None:
    one, other = Filler(7), Filler(7)
    assert [one.value(field()) for _ in range(5)] == [other.value(field()) for _ in range(5)]
    assert Filler(8).canary() != Filler(7).canary()


@pytest.mark.parametrize(
    "element,pattern",
    [
        (field(type="email"), r"sw[0-9a-f]{12}@example\.com"),
        (field(name="E-mail address"), r"sw[0-9a-f]{12}@example\.com"),
        (field(type="url"), r"https://example\.com/sw[0-9a-f]{12}"),
        (field(type="date"), r"\d{4}-\d\d-\d\d"),
        (field(name="Geburtsdatum"), r"\d{4}-\d\d-\d\d"),
        (field(type="number"), r"\d\d"),
        (field(inputmode="numeric"), r"\d\d"),
        (field(type="tel"), r"\+\d+"),
        (field(maxlength=4), r"sw.."),
    ],
)
def test_a_value_has_the_shape_that_the_field_wants(element: Element, pattern: str) -> None:
    assert re.fullmatch(pattern, Filler(7).value(element))


def test_a_list_gets_one_of_its_options() -> None:
    assert Filler(7).value(Element(ref="1", tag="select", options=("", "a", "b"))) == "a"
    assert Filler(7).value(Element(ref="1", tag="select", options=("a",))) == "a"
    assert Filler(7).value(Element(ref="1", tag="select")) == ""
