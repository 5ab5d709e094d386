import random

import pytest

from sessionward.session.call import Call, Steps
from sessionward.session.factors.attempts import Attempts, Span
from sessionward.session.state import Subject
from tests.session.factors.taking import ANA, Desk

START = 20_833 * 86400.0
BEN = Subject(tenant="north", id="ben")
FEW = Attempts(
    subject=(Span(seconds=60, places=2), Span(seconds=600, places=3)), network=(Span(seconds=60, places=4),)
)


def tries(desk: Desk, number: int, *, subject: Subject = ANA, now: float = START) -> list[float | None]:
    return [desk.take(FEW.take(subject, "totp", None, now)) for _ in range(number)]


def test_a_few_attempts_are_free_and_then_one_waits_for_the_next_span() -> None:
    assert tries(Desk(), 3, now=START + 15) == [None, None, 45]


def test_who_goes_on_waits_longer_and_nobody_waits_for_ever() -> None:
    desk = Desk()
    tries(desk, 3)
    assert tries(desk, 2, now=START + 60) == [None, 540]
    assert tries(desk, 1, now=START + 120) == [480]
    assert tries(desk, 1, now=START + 600) == [None]


def test_others_are_not_held_up() -> None:
    desk = Desk()
    tries(desk, 3)
    assert tries(desk, 1, subject=BEN) == [None]
    assert tries(desk, 1, subject=Subject(tenant="south", id="ana")) == [None]
    assert desk.take(FEW.take(ANA, "password", None, START)) is None


def test_a_network_that_tries_many_subjects_is_held_up_in_its_tenant_alone() -> None:
    desk = Desk()
    people = [Subject(tenant="north", id=str(number)) for number in range(5)]
    waits = [desk.take(FEW.take(who, "password", "192.0.2.0/24", START)) for who in people]
    assert waits == [None, None, None, None, 60]
    assert desk.take(FEW.take(people[4], "password", "198.51.100.0/24", START)) is None
    assert desk.take(FEW.take(Subject(tenant="south", id="4"), "password", "192.0.2.0/24", START)) is None


def test_a_network_that_is_held_up_takes_no_place_of_the_subjects() -> None:
    desk = Desk()
    for _ in range(9):
        desk.take(FEW.take(BEN, "password", "192.0.2.0/24", START))
        desk.take(FEW.take(Subject(tenant="north", id="x"), "password", "192.0.2.0/24", START))
    assert desk.take(FEW.take(ANA, "password", "192.0.2.0/24", START)) == 60
    assert desk.take(FEW.take(ANA, "password", None, START)) is None
    assert desk.take(FEW.take(ANA, "password", None, START)) is None


def test_no_names_run_into_each_other() -> None:
    desk = Desk()
    pairs = [("ab", "c"), ("a", "bc"), ("a b", "c"), ("a", "b c")]
    found = [
        desk.take(FEW.take(Subject(tenant="north", id=who), factor, None, START)) for who, factor in pairs * 2
    ]
    assert found == [None] * 8


def test_attempts_made_at_once_count_like_others() -> None:
    rng = random.Random(7)
    desk = Desk()
    under_way = [FEW.take(ANA, "totp", None, START) for _ in range(10)]
    answers: dict[int, object] = dict.fromkeys(range(10))
    waits: list[float | None] = []
    while answers:
        which = rng.choice(sorted(answers))
        try:
            call = under_way[which].send(answers[which])
        except StopIteration as end:
            waits.append(end.value)
            del answers[which]
        else:
            answers[which] = desk.take(one(call))
    assert waits.count(None) == 2


def one(call: Call) -> Steps[object]:
    answer: object = yield call
    return answer


def test_no_more_than_the_standard_allows_by_default_on_one_day() -> None:
    desk = Desk()
    times = [START + 300 * number for number in range(288)]
    allowed = [now for now in times if desk.take(Attempts().take(ANA, "totp", None, now)) is None]
    assert len(allowed) == 50


@pytest.mark.parametrize("seconds,places", [(0.0, 1), (60.0, 0), (float("nan"), 1), (float("inf"), 1)])
def test_spans_that_make_no_sense_are_refused_at_once(seconds: float, places: int) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(seconds=seconds, places=places)


def test_attempts_without_spans_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="at least one span"):
        Attempts(subject=())
