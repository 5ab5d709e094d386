"""The medical history form: what a clinic asks before the first visit."""

from dataclasses import dataclass
from typing import Literal

LONGEST_ANSWER = 2000

Kind = Literal["text", "long", "choice", "date", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field."""

    name: str
    label: str
    kind: Kind = "text"
    options: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that belong together."""

    title: str
    questions: tuple[Question, ...]


YES_NO = ("No", "Yes", "I do not know")

SECTIONS = (
    Section(
        title="About you",
        questions=(
            Question(name="birth_date", label="Date of birth", kind="date"),
            Question(name="height", label="Height in centimetres", kind="number"),
            Question(name="weight", label="Weight in kilograms", kind="number"),
            Question(name="occupation", label="Occupation"),
            Question(name="language", label="Language you would like to speak with us"),
            Question(
                name="interpreter", label="Would you like an interpreter?", kind="choice", options=YES_NO
            ),
        ),
    ),
    Section(
        title="Illnesses",
        questions=(
            Question(
                name="heart", label="Heart disease or high blood pressure", kind="choice", options=YES_NO
            ),
            Question(name="diabetes", label="Diabetes", kind="choice", options=YES_NO),
            Question(name="lungs", label="Asthma or another lung disease", kind="choice", options=YES_NO),
            Question(name="epilepsy", label="Epilepsy or fainting", kind="choice", options=YES_NO),
            Question(
                name="illnesses",
                label="Other illnesses, now or before",
                kind="long",
                hint="In your own words. The year is enough for a date.",
            ),
            Question(name="operations", label="Operations and stays in hospital", kind="long"),
        ),
    ),
    Section(
        title="Medicines and allergies",
        questions=(
            Question(
                name="medicines",
                label="Medicines that you take",
                kind="long",
                hint="Name, strength and how often, one to a line. Do not forget drops and creams.",
            ),
            Question(name="allergies", label="Allergies and what happens", kind="long"),
            Question(name="vaccinations", label="Vaccinations of the last ten years", kind="long"),
        ),
    ),
    Section(
        title="Family and habits",
        questions=(
            Question(name="family", label="Illnesses in your family", kind="long"),
            Question(
                name="smoking", label="Do you smoke?", kind="choice", options=("Never", "Not any more", "Yes")
            ),
            Question(
                name="alcohol",
                label="How often do you drink alcohol?",
                kind="choice",
                options=("Never", "Once a month", "Once a week", "More often"),
            ),
            Question(
                name="exercise",
                label="Hours in which you move each week",
                kind="choice",
                options=("Less than one", "One to three", "More than three"),
            ),
            Question(name="sleep", label="How do you sleep?"),
        ),
    ),
    Section(
        title="What brings you here",
        questions=(
            Question(name="concern", label="What should we talk about?", kind="long"),
            Question(
                name="wishes", label="Is there anything that makes a visit easier for you?", kind="long"
            ),
        ),
    ),
)

QUESTIONS = tuple(question for section in SECTIONS for question in section.questions)


def mistakes(answers: dict[str, str]) -> dict[str, str]:
    """What is wrong with answers, by the name of the question."""
    found = {}
    for question in QUESTIONS:
        answer = answers.get(question.name, "")
        if len(answer) > LONGEST_ANSWER:
            found[question.name] = f"Please use at most {LONGEST_ANSWER} characters."
        elif answer and question.options and answer not in question.options:
            found[question.name] = "Please choose one of the answers."
    return found
