import pytest

from sessionward.audit.experiment import CannotTell, enter
from sessionward.audit.experiment.live_page import left_alone, opened, private_pages, public_texts, walked
from sessionward.audit.probe import Observe, Probe
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import API, MARKERS, ORACLE, SCENE, scene
from tests.audit.experiment.steps_of import walk


def test_each_page_is_opened_once_the_oracles_first() -> None:
    assert private_pages(SCENE) == (ORACLE, API)
    assert private_pages(scene(private=(ORACLE, ORACLE))) == (ORACLE,)
    assert private_pages(SCENE, 1) == (ORACLE,)


def test_walking_gives_the_texts_of_all_pages() -> None:
    app = FakeApp()
    session = walk(enter("owner", keep=True), app)
    assert walk(walked(SCENE, session), app).found == MARKERS["owner"]


def test_pages_that_show_no_private_text_cannot_be_known_again() -> None:
    app = FakeApp(texts={"owner": (), "stranger": ()})
    session = walk(enter("owner", keep=True), app)
    with pytest.raises(CannotTell, match="known again"):
        walk(walked(SCENE, session), app)
    with pytest.raises(CannotTell, match="known again"):
        walk(opened(SCENE, session), app)


def test_what_pages_ask_for_can_be_looked_at_although_they_show_no_private_text() -> None:
    app = FakeApp(texts={"owner": (), "stranger": ()})
    session = walk(enter("owner", keep=True), app)
    assert walk(walked(SCENE, session, recognised=False), app).exchanges
    for live in app.lives:
        app.end(live)
    with pytest.raises(CannotTell, match="known again"):
        walk(walked(SCENE, session, recognised=False), app)


def test_a_page_left_alone_is_only_looked_at_until_it_ends() -> None:
    app, probes = FakeApp(page_ends_after=40.0), list[Probe[object]]()
    session = walk(enter("owner", keep=True), app)
    page = walk(opened(SCENE, session), app)
    last, ended = walk(left_alone(session, page, 100.0), app, probes)
    assert last.found
    assert ended is not None
    assert 40.0 <= ended < 50.0
    assert not [probe for probe in probes if isinstance(probe, Observe) and (probe.exchange or probe.url)]


def test_a_page_that_stays_is_told_as_staying() -> None:
    app = FakeApp()
    session = walk(enter("owner", keep=True), app)
    page = walk(opened(SCENE, session), app)
    assert walk(left_alone(session, page, 30.0), app)[1] is None


def test_texts_that_the_start_page_shows_to_nobody_are_public() -> None:
    app = FakeApp(names_owner=True, logout_ends=frozenset())
    session = walk(enter("owner", keep=True), app)
    app.lives.clear()
    assert walk(public_texts(SCENE, session), app) == frozenset(MARKERS["owner"])
