import pytest

from sessionward.audit.calibrate.leaves import Leaf
from sessionward.audit.calibrate.worth import (
    NEVER,
    changing_places,
    places_of,
    repeated_texts,
    telling,
    worth_of,
)
from sessionward.http import Exchange
from tests.audit.calibrate.simulated import data, get, page


@pytest.mark.parametrize(
    "better,worse",
    [
        (Leaf(place="", key="email", value="a@b.org"), Leaf(place="", key="id", value="9", number=True)),
        (Leaf(place="", key="id", value="9", number=True), Leaf(place="", key="", value="Visits")),
        (Leaf(place="", key="fullName", value="Ana Reyes"), Leaf(place="", key="", value="Ana Reyes")),
        (Leaf(place="", key="", value="Visits"), Leaf(place="", key="", value="---+++")),
    ],
)
def test_the_more_personal_text_is_worth_more(better: Leaf, worse: Leaf) -> None:
    assert worth_of(better) < worth_of(worse)


@pytest.mark.parametrize(
    "leaf",
    [
        Leaf(place="", key="csrf_token", value="plain words"),
        Leaf(place="", key="x", value="2025-01-01"),
        Leaf(place="", key="x", value="9f86d081884c7d659a2feaa0c55ad015"),
        Leaf(place="", key="x", value="ab"),
        Leaf(place="", key="x", value="long " * 40),
        Leaf(place="", key="visits", value="3", number=True),
    ],
)
def test_what_belongs_to_session_or_moment_is_worth_nothing(leaf: Leaf) -> None:
    assert worth_of(leaf) == NEVER


def test_places_whose_texts_differ_between_sessions_are_found() -> None:
    one = data({"nonce": "aaa", "name": "Ana", "list": ["x", "y"]})
    two = data({"nonce": "bbb", "name": "Ana", "list": ["y", "z"]})
    assert changing_places(one, two) == {"$.nonce"}


def test_the_place_of_a_marker_is_found() -> None:
    assert places_of(('"Ana"',), data({"a": {"name": "Ana"}, "b": "Bob"})) == {"$.a.name"}


def test_answers_are_compared_by_text_and_place() -> None:
    assert telling(data({"a": "Ana", "t": "10:35"})) == {("$.a", "Ana")}


def test_texts_on_several_pages_of_the_owner_alone_are_repeated() -> None:
    def shown(path: str, *texts: str) -> Exchange:
        return Exchange(request=get(path), response=page("".join(f"<p>{text}</p>" for text in texts)))

    owner = (shown("/a", "Mira", "Home", "One"), shown("/b", "Mira", "Home", "Two"), shown("/b", "Two"))
    again = (shown("/a", "Mira", "Home", "Two"),)
    assert repeated_texts(owner, again, ("<p>Home</p>", "Clinic")) == {"Mira"}
