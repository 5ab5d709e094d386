"""What fields for personal data are called."""

import pytest

from sessionward.audit.explore.lexicon import Concept
from sessionward.audit.explore.words import own_data

MANY = 20


@pytest.mark.parametrize(
    "concept",
    [
        own_data.PHONE,
        own_data.STREET,
        own_data.BIRTH,
        own_data.INSURANCE,
        own_data.EMERGENCY,
        own_data.MEDICAL,
        own_data.ABOUT,
        own_data.PERSON,
    ],
)
def test_personal_data_are_known_in_twenty_languages(concept: Concept) -> None:
    assert len(concept.languages) >= MANY


@pytest.mark.parametrize(
    "concept,words",
    [
        (own_data.PHONE, "Téléphone portable"),
        (own_data.STREET, "Straße und Hausnummer"),
        (own_data.BIRTH, "生年月日"),
        (own_data.INSURANCE, "Numer PESEL"),
        (own_data.EMERGENCY, "Emergency contact"),
        (own_data.MEDICAL, "Аллергии"),
        (own_data.ABOUT, "Über mich"),
        (own_data.PERSON, "الاسم الكامل"),
    ],
)
def test_a_label_is_known(concept: Concept, words: str) -> None:
    assert concept.within(words)
