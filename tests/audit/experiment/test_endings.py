import pytest

from sessionward.audit.check import Detection, Place, Verdict, failed, passed
from sessionward.audit.experiment.endings import (
    CannotTell,
    NotHere,
    belongs,
    experiment,
    failing,
    place,
    refused,
)
from sessionward.audit.observation import Answer
from sessionward.audit.probe import Wait
from sessionward.audit.scene import Scene, Shows
from sessionward.http import Exchange, Request, Response
from tests.audit.checks.scenes import ORACLE, SCENE

REQUEST = Request(method="GET", url="http://app.test/")


def answer(shows: Shows, status: int = 200) -> Answer:
    response = Response(status=status) if status else None
    return Answer(
        exchange=Exchange(request=REQUEST, response=response, error="connection reset"), shows=shows
    )


@pytest.mark.parametrize(
    "reason,verdict", [(CannotTell("why"), Verdict.INCONCLUSIVE), (NotHere("why"), Verdict.INAPPLICABLE)]
)
def test_an_early_end_becomes_an_outcome_with_its_reason(reason: Exception, verdict: Verdict) -> None:
    @experiment
    def detect(scene: Scene) -> Detection:
        yield from Wait(seconds=1)
        raise reason

    detection = detect(SCENE)
    next(detection)
    with pytest.raises(StopIteration) as end:
        detection.send(None)
    assert (end.value.value.verdict, end.value.value.message) == (verdict, "why")


def test_a_crash_is_left_to_the_engine() -> None:
    @experiment
    def detect(scene: Scene) -> Detection:
        yield from Wait(seconds=1)
        raise ZeroDivisionError

    detection = detect(SCENE)
    next(detection)
    with pytest.raises(ZeroDivisionError):
        detection.send(None)


def test_an_answer_belongs_to_the_party_that_it_shows() -> None:
    assert belongs(answer("owner"), "owner", "the replay")
    assert not belongs(answer("nobody"), "owner", "the replay")


@pytest.mark.parametrize(
    "shows,status,words",
    [
        ("error", 429, "status 429"),
        ("error", 0, "connection reset"),
        ("unclear", 200, "both accounts"),
        ("stranger", 200, "other account"),
    ],
)
def test_an_answer_that_tells_nothing_ends_the_experiment(shows: Shows, status: int, words: str) -> None:
    with pytest.raises(CannotTell, match=words):
        belongs(answer(shows, status), "owner", "the replay")


def test_what_was_shown_is_said_in_words() -> None:
    assert refused(answer("nobody")) == "nobody's data"


def test_an_exchange_stands_at_its_address() -> None:
    assert place(ORACLE) == Place(method="GET", url="http://app.test/profile")


def test_only_a_defect_is_failing() -> None:
    assert failing(failed("x"))
    assert not failing(passed("x"))
