from dataclasses import replace
from pathlib import Path

import pytest

from sessionward.audit.conduct import surveying
from sessionward.audit.conduct.surveying import Survey, survey
from sessionward.audit.driver import DriverError
from sessionward.audit.events import Event, StageStarted
from sessionward.audit.explore.explorer import Limits
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.stages import World, world


async def surveyed(here: World, events: list[Event] | None = None) -> Survey:
    owner = await here.log_in()
    here.stage.logout = here.stage.password = None
    emit = events.append if events is not None else lambda event: None
    return await survey(here.performer, owner, Limits(seconds=5), emit, 0)


async def test_the_flows_that_experiments_need_are_found(tmp_path: Path) -> None:
    here, events = world(tmp_path, calibrated=False), list[Event]()
    found = await surveyed(here, events)
    assert found.logout is not None
    assert (found.logout.found_on, found.logout.control) == (f"{START}home", "Log out")
    assert found.password is not None
    assert (found.password.url, found.password.asks_current) == (f"{START}password", True)
    assert found.login.remember
    assert found.missing == {}
    assert here.stage.logout is not None
    assert here.stage.password is not None
    assert events == [StageStarted(stage="exploring")]


async def test_a_logout_that_is_a_link_is_known_by_its_address(tmp_path: Path) -> None:
    found = await surveyed(world(tmp_path, FakeApp(logout="link"), calibrated=False))
    assert found.logout is not None
    assert found.logout.link == f"{START}logout"


async def test_what_the_screens_exchanged_is_kept(tmp_path: Path) -> None:
    found = await surveyed(world(tmp_path, calibrated=False))
    assert f"{START}profile" in {exchange.request.url for exchange in found.exchanges}
    assert len(found.exploration.screens) >= 2


async def test_exploring_ends_no_session_and_changes_no_password(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    await surveyed(here)
    assert here.app.alive("ana") == 1
    assert not {"POST /logout", "POST /password"} & set(here.app.asked)


async def test_what_is_missing_is_said_in_words(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(logout="none", change="none"), calibrated=False)
    here.stage.login = replace(here.stage.login, remember=False) if here.stage.login else None
    found = await surveyed(here)
    assert (found.logout, found.password) == (None, None)
    assert set(found.missing) == {"logout", "password-change", "remember"}
    assert "no control to log out was found on" in found.missing["logout"]
    assert "screens leads to one" in found.missing["password-change"]


async def test_a_browser_that_fails_while_looking_is_a_reason_and_no_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise DriverError("the page crashed")

    monkeypatch.setattr(surveying, "find_logout", broken)
    monkeypatch.setattr(surveying, "find_password_change", broken)
    found = await surveyed(world(tmp_path, calibrated=False))
    assert found.logout is None
    assert "the page crashed" in found.missing["password-change"]


async def test_a_link_called_like_the_account_is_known_to_lead_to_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[object] = []

    async def noted(tab: object, screens: object, known: object) -> None:
        given.append(known)

    monkeypatch.setattr(surveying, "find_password_change", noted)
    await surveyed(world(tmp_path, calibrated=False))
    assert isinstance(given[0], tuple)
    assert "ana" in given[0]
    assert f"{START}profile" in given[0]
