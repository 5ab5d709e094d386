from typing import Any

import pytest

from sessionward.audit.experiment.actions import enter
from sessionward.audit.experiment.endings import NotHere
from sessionward.audit.experiment.ways import gathered, left_open, listed, opened
from sessionward.audit.probe import Probe, Visit
from sessionward.http import Carrier
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, BEARER, ORACLE, SCENE, START, scene
from tests.audit.experiment.steps_of import walk

BOTH = (ORACLE, API)


def test_tokens_that_come_with_a_page_are_gathered_from_it() -> None:
    app = FakeApp(late_bearer=True)
    session = walk(enter("owner", keep=True), app)
    assert BEARER not in session.tokens.keys
    probes: list[Probe[Any]] = []
    known = scene(sent_from={BEARER: f"{START}messages"})
    assert BEARER in walk(gathered(known, session, BOTH), app, probes).keys
    assert [p.exchange.page for p in probes if isinstance(p, Visit) and p.exchange] == [f"{START}messages"]


def test_tokens_that_are_there_cost_no_visit() -> None:
    app, probes = FakeApp(), list[Probe[Any]]()
    session = walk(enter("owner"), app)
    assert walk(gathered(SCENE, session, BOTH), app, probes) == session.tokens
    assert probes == []


def test_each_way_is_opened_by_its_own_tokens_alone() -> None:
    app = FakeApp()
    tokens = walk(enter("owner"), app).tokens
    assert walk(opened(SCENE, tokens, BOTH), app) == (BOTH, tokens)
    with pytest.raises(NotHere, match="cookie sid"):
        walk(opened(SCENE, tokens.without({BEARER}), BOTH), app)


def test_a_way_that_shuts_a_moment_later_is_not_left_open() -> None:
    app = FakeApp()
    tokens = walk(enter("owner"), app).tokens
    app.lives[0].ended.add(Carrier.COOKIE)
    assert walk(left_open(SCENE, tokens, BOTH), app) == (API,)
    app.dying.append((app.now + 1, app.lives[0], frozenset({Carrier.HEADER})))
    assert walk(left_open(SCENE, tokens, BOTH), app) == ()


def test_ways_are_named_for_a_reader() -> None:
    assert listed(BOTH) == "the page opened by cookie sid, the api opened by header authorization"
