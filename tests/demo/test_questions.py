import pytest

from sessionward.demo.forgery_guard import MOST_FIELDS
from sessionward.demo.questions import LONGEST_ANSWER, QUESTIONS, mistakes


def test_every_question_has_a_name_of_its_own_and_all_fit_into_a_form() -> None:
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS) < MOST_FIELDS


@pytest.mark.parametrize(
    "answers", [{}, {"heart": "Yes", "illnesses": "Measles, 1987"}, {"illnesses": "x" * LONGEST_ANSWER}]
)
def test_answers_that_fit_are_taken(answers: dict[str, str]) -> None:
    assert mistakes(answers) == {}


@pytest.mark.parametrize("name,answer", [("heart", "Perhaps"), ("illnesses", "x" * (LONGEST_ANSWER + 1))])
def test_answers_that_do_not_fit_are_told(name: str, answer: str) -> None:
    assert list(mistakes({name: answer})) == [name]
