import pytest

from sessionward.audit.experiment.signed_links import outlived, server_time
from sessionward.audit.probe import Probe, Wait
from sessionward.http import Exchange, Request, Response
from tests.audit.checks.scenes import SCENE
from tests.audit.experiment.steps_of import walk

REQUEST = Request(method="GET", url="http://app.test/files/1.pdf")


def dated(date: str) -> Exchange:
    return Exchange(request=REQUEST, response=Response(status=200, headers=(("Date", date),)))


NOON = dated("Thu, 01 Jan 2026 12:00:00 GMT")
MOMENT = 1_767_268_800.0


@pytest.mark.parametrize("left, waited", [(10.0, [15.0]), (-60.0, [])])
def test_a_link_is_waited_for_until_it_has_ended_by_the_app_s_clock(left: float, waited: list[float]) -> None:
    probes: list[Probe[object]] = []
    assert walk(outlived(SCENE, MOMENT + left, NOON), None, probes)
    assert [probe.seconds for probe in probes if isinstance(probe, Wait)] == waited


def test_a_link_that_lives_longer_than_the_audit_waits_is_not_waited_for() -> None:
    assert not walk(outlived(SCENE, MOMENT + 3600, NOON))


def test_an_answer_without_a_date_tells_no_time() -> None:
    for answer in (
        dated("soon"),
        Exchange(request=REQUEST, response=Response(status=200)),
        Exchange(request=REQUEST),
    ):
        assert server_time(answer) is None
        assert not walk(outlived(SCENE, MOMENT, answer))
