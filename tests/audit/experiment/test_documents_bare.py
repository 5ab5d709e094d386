import pytest

from sessionward.audit.experiment.actions import resident
from sessionward.audit.experiment.documents_bare import Opened, outlived, server_time, try_bare
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.probe import Probe, Wait
from sessionward.audit.scene import Document
from sessionward.http import Exchange, Request, Response, TokenSet
from tests.audit.checks.fake_app import FakeApp
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


@pytest.mark.parametrize("public, kept", [(True, "open"), (False, "guarded")])
def test_a_document_is_sorted_by_what_is_given_without_a_session(public: bool, kept: str) -> None:  # noqa: FBT001
    document, found = Document(request=REQUEST, digest="1f"), Opened()
    app = FakeApp(public=frozenset({REQUEST.url} if public else ()))
    session = walk(resident("owner", Guard.POSITIVE), app)
    walk(try_bare(SCENE, document, session.tokens, found), app)
    assert getattr(found, kept) == [document]


def test_a_document_that_the_owner_does_not_get_any_more_is_left_out() -> None:
    found = Opened()
    walk(try_bare(SCENE, Document(request=REQUEST, digest="1f"), TokenSet(), found))
    assert found == Opened()
