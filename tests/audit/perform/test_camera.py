from dataclasses import replace
from pathlib import Path

import pytest

from sessionward.audit.driver import DriverError
from sessionward.audit.perform.camera import is_harmless
from sessionward.audit.probe import Close, LogIn, LogOut, Replay, Visit
from sessionward.http import TokenSet
from tests.audit.perform.stages import PROFILE, RUN, world


async def test_the_browser_that_a_probe_acted_in_is_pictured_with_what_tells_whose_page_it_is(
    tmp_path: Path,
) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    picture = await here.performer.picture(Visit(session=session, exchange=PROFILE), None)
    assert picture.decode().endswith(" ana@clinic.example ben@clinic.example True")
    assert await here.performer.picture(LogIn(party="owner"), session) == picture


async def test_what_acted_in_no_browser_has_no_picture(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    replay = Replay(exchange=PROFILE, tokens=TokenSet(), party="nobody")
    assert await here.performer.picture(replay, None) == b""
    await here.performer.perform(Close(session=session), RUN)
    assert await here.performer.picture(Close(session=session), None) == b""
    assert await here.performer.picture(LogOut(session=session), None) == b""


async def test_a_page_that_cannot_be_pictured_is_no_failure(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    here.driver.faults["picture"] = [DriverError("gone")]
    assert await here.performer.picture(LogOut(session=session), None) == b""
    assert await here.performer.picture(LogOut(session=replace(session, id=99)), None) == b""


@pytest.mark.parametrize("caption", ["Log out", "Abmelden", "ログアウト", "Password", "E-mail"])
def test_words_of_any_app_are_harmless(caption: str) -> None:
    assert is_harmless(caption)


@pytest.mark.parametrize(
    "caption", ["Ana Silva", "Log out Ana Silva", "ana@clinic.example", "", "Penicillin"]
)
def test_what_may_name_a_person_is_not(caption: str) -> None:
    assert not is_harmless(caption)
