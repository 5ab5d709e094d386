"""The measured ends of sessions against the policy."""

from dataclasses import replace

import pytest

from sessionward.audit.report.record import Bracket, Record
from sessionward.audit.report.timeout_chart import Chart, allowed, charts, unmeasured
from tests.audit.report import sample


def chart(alive: float | None, dead: float | None, *, kind: str = "inactivity") -> Chart:
    bracket = Bracket(alive_after=alive, dead_after=dead)
    return charts(Record(policy=sample.POLICY, timeouts={kind: bracket}))[0]


def test_the_parts_follow_each_other_and_end_at_the_edge() -> None:
    drawn = chart(600.0, 900.0)
    assert 0 < drawn.alive < drawn.unknown < drawn.dead == 100.0
    assert drawn.policy is not None
    assert drawn.policy.at == drawn.unknown


def test_a_session_that_never_died_has_no_dead_part() -> None:
    drawn = chart(60.0, None)
    assert (drawn.unknown, drawn.dead) == (100.0, 0.0)
    assert drawn.sentence.startswith("Seen alive after 1 min, not seen dead.")


def test_a_session_that_was_never_seen_alive_says_so_much() -> None:
    drawn = chart(None, 60.0)
    assert drawn.alive == 0.0
    assert drawn.sentence.startswith("Seen dead after 1 min.")


@pytest.mark.parametrize(
    "alive,dead,within",
    [
        (960.0, None, False),
        (901.0, None, None),
        (600.0, 900.0, True),
        (600.0, 960.0, None),
        (60.0, None, None),
    ],
)
def test_the_policy_is_judged_only_where_it_can_be(
    alive: float | None, dead: float | None, within: object
) -> None:
    assert chart(alive, dead).within is within


def test_labels_make_way_for_each_other_and_stay_inside() -> None:
    drawn = chart(880.0, 890.0)
    assert [(mark.text, mark.row, mark.anchor) for mark in drawn.marks] == [
        ("alive 14 min 40 s", 0, "end"),
        ("dead 14 min 50 s", 1, "end"),
    ]


def test_only_what_was_measured_is_drawn() -> None:
    record = sample.record_of(sample.with_defects())
    assert [drawn.name for drawn in charts(record)] == ["Left idle", "Kept in use"]
    assert unmeasured(record) == ()
    assert charts(sample.record_of(sample.clean())) == ()
    assert unmeasured(sample.record_of(sample.clean())) == ("Left idle", "Kept in use")


def test_a_policy_without_a_figure_draws_no_line() -> None:
    record = replace(Record(policy={}), timeouts={"inactivity": Bracket(alive_after=60.0)})
    assert charts(record)[0].policy is None
    assert charts(record)[0].sentence.endswith("The policy states no figure.")


@pytest.mark.parametrize("figure", [None, 0, -1.0, float("inf"), float("nan"), "15m"])
def test_a_figure_that_is_none_is_not_taken_for_one(figure: object) -> None:
    assert allowed({"inactivity_timeout": figure}, "inactivity") is None


def test_a_kind_of_timeout_that_nobody_knows_is_drawn_under_its_own_name() -> None:
    assert chart(60.0, 90.0, kind="lock").name == "lock"


def test_the_label_that_would_cross_the_other_line_stands_lower() -> None:
    assert [(mark.text, mark.row, mark.anchor) for mark in chart(60.0, 90.0).marks] == [
        ("alive 1 min", 1, "start"),
        ("dead 90 s", 0, "start"),
    ]
