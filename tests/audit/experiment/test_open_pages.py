import pytest

from sessionward.audit.experiment import CannotTell
from sessionward.audit.experiment.open_pages import MOST, likely, open_pages
from tests.audit.checks.fake_app import FakeApp
from tests.audit.checks.scenes import ORACLE, SCENE, START, scene
from tests.audit.experiment.steps_of import walk


@pytest.mark.parametrize("path", ["waiting-room", "messages", "api-status", "nachrichten", "espera"])
def test_pages_whose_names_speak_of_waiting_come_first(path: str) -> None:
    assert likely(scene(pages=(f"{START}letters", f"{START}{path}")))[0] == f"{START}{path}"


@pytest.mark.parametrize("path", ["consultation/7", "video", "rooms/4", "meeting"])
def test_pages_of_a_conversation_are_left_out(path: str) -> None:
    assert f"{START}{path}" not in likely(scene(pages=(f"{START}{path}",)))


def test_the_private_page_and_the_start_page_are_among_them() -> None:
    assert {ORACLE.request.url, START} <= set(likely(SCENE))


def test_each_page_gets_a_session_of_its_own() -> None:
    found = walk(open_pages(scene(pages=(f"{START}messages", f"{START}letters"))), FakeApp())
    assert len(found) == MOST
    assert len({page.session.id for page in found}) == MOST


def test_a_cap_on_sessions_leaves_room_for_the_controls() -> None:
    assert len(walk(open_pages(scene(session_cap=3)), FakeApp(cap=3))) == 1
    with pytest.raises(CannotTell, match="too few sessions"):
        walk(open_pages(scene(session_cap=2)), FakeApp(cap=2))
