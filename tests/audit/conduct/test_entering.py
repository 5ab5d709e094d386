import stat
from pathlib import Path

import pytest

from sessionward.audit.conduct.entering import CannotEnter, close, enter, enter_again, enter_others, picture
from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.events import Event, StageStarted
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.stages import World, person, world


async def entered(here: World, path: Path) -> list[Event]:
    events: list[Event] = []
    here.stage.login = None
    await enter(here.performer, START, path / "pictures", events.append)
    return events


async def test_the_login_is_found_and_every_account_let_in(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    here.stage.login = None
    entrance = await enter(here.performer, START, tmp_path, lambda event: None)
    assert entrance.accounts == {"ana": (True, ""), "ben": (True, "")}
    assert (entrance.owner.party, entrance.stranger.party) == ("owner", "stranger")
    assert sorted(here.app.sessions.values()) == ["ana", "ben"]
    assert here.stage.login is not None


async def test_what_an_anonymous_browser_saw_is_kept_and_its_browser_closed(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    entrance = await enter(here.performer, START, tmp_path, lambda event: None)
    assert entrance.anonymous
    assert all("ana@clinic" not in exchange.text for exchange in entrance.anonymous)
    assert here.driver.opened[0].closed


async def test_the_stage_is_announced(tmp_path: Path) -> None:
    assert await entered(world(tmp_path, calibrated=False), tmp_path) == [
        StageStarted(stage="entering", note=START)
    ]


async def test_a_refused_account_is_told_in_one_sentence_with_a_picture(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    here.app.passwords["ben"] = "another"
    with pytest.raises(CannotEnter, match=r"Account ben could not log in: .*Wrong user name") as told:
        await entered(here, tmp_path)
    assert told.value.accounts["ana"] == (True, "")
    assert told.value.accounts["ben"][0] is False
    assert str(tmp_path / "pictures" / "not-logged-in-stranger.png") in str(told.value)
    assert "Ben-1-secret" not in str(told.value)


async def test_a_third_account_that_is_refused_ends_nothing(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    here.stage.people["account doc"] = person("doc")
    entrance = await enter(here.performer, START, tmp_path, lambda event: None)
    await enter_others(here.performer, entrance)
    assert entrance.accounts["doc"][0] is False
    assert entrance.others == {}


async def test_a_further_account_is_kept_by_its_party(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    here.stage.people["staff"] = person("doc")
    here.app.passwords["doc"] = "Doc-1-secret"
    entrance = await enter(here.performer, START, tmp_path, lambda event: None)
    assert "doc" not in entrance.accounts
    await enter_others(here.performer, entrance)
    assert entrance.accounts["doc"] == (True, "")
    assert entrance.others["staff"].authenticated


async def test_a_third_account_whose_browser_fails_ends_nothing(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    here.stage.people["account doc"] = person("doc")
    here.app.passwords["doc"] = "Doc-1-secret"
    count = iter(range(9))

    def third() -> None:
        if next(count) == 2:
            raise DriverError("the page crashed")

    here.app.after["POST /login"] = third
    entrance = await enter(here.performer, START, tmp_path, lambda event: None)
    await enter_others(here.performer, entrance)
    assert entrance.accounts["doc"][0] is False
    assert "the page crashed" in entrance.accounts["doc"][1]


async def test_a_page_without_a_login_is_told_with_a_picture(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(door="closed"), calibrated=False)
    with pytest.raises(CannotEnter, match=r"picture: .*login-not-found\.png"):
        await entered(here, tmp_path)
    assert here.driver.living == []


async def test_an_app_that_does_not_answer_is_no_missing_login(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(down=True), calibrated=False)
    with pytest.raises(TargetUnreachable):
        await entered(here, tmp_path)
    assert here.driver.living == []


async def test_the_owner_enters_again_as_on_a_second_device(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    await here.log_in()
    again = await enter_again(here.performer, {})
    assert again.authenticated
    assert here.app.alive("ana") == 2


async def test_the_stranger_enters_again_for_a_session_that_is_fresh(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    again = await enter_again(here.performer, {}, "stranger")
    assert (again.party, again.authenticated) == ("stranger", True)
    assert here.app.alive("ben") == 1


async def test_an_owner_who_cannot_enter_again_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessionward.audit.perform.sessions.PAUSES", 0)
    here = world(tmp_path, FakeApp(tries=0), calibrated=False)
    with pytest.raises(CannotEnter, match="once but not a second time"):
        await enter_again(here.performer, {"ana": (True, "")})


async def test_pictures_are_private(tmp_path: Path) -> None:
    here = world(tmp_path)
    where = await picture(await here.driver.open(), tmp_path / "pictures", "x")
    assert where == f"(picture: {tmp_path / 'pictures' / 'x.png'})"
    assert stat.S_IMODE((tmp_path / "pictures").stat().st_mode) == 0o700


async def test_a_picture_that_cannot_be_taken_is_not_named(tmp_path: Path) -> None:
    here = world(tmp_path)
    here.driver.faults["screenshot"] = [DriverError("no page")]
    assert await picture(await here.driver.open(), tmp_path, "x") == ""
    (tmp_path / "file").touch()
    assert await picture(await here.driver.open(), tmp_path / "file" / "below", "x") == ""


async def test_a_browser_that_will_not_close_is_no_concern(tmp_path: Path) -> None:
    here = world(tmp_path)
    tab = await here.driver.open()
    here.driver.faults["close"] = [DriverError("it hangs")]
    await close(tab)
    assert tab.closed
