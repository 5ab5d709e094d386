from pathlib import Path

from sessionward.audit.conduct.gathering import planted_canary
from sessionward.audit.conduct.known_actions import learned_actions
from sessionward.audit.driver import DriverError
from sessionward.audit.observation import Session
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.stages import World, scene, world

WAS = "1 Long Road"


async def ready(path: Path, app: FakeApp | None = None) -> tuple[World, Session, dict[str, str]]:
    """The owner has explored the profile, and a field of it was changed where that could be."""
    here = world(path, app or FakeApp(addresses={"ana": WAS}))
    owner, missing = await here.log_in(), dict[str, str]()
    screens = (await here.performer.book.tab(owner).go(f"{START}address"),)
    await planted_canary(here.performer, owner, screens, 3, missing)
    return here, owner, missing


async def test_the_request_that_saved_the_canary_becomes_an_action_that_can_be_watched(
    tmp_path: Path,
) -> None:
    here, _, missing = await ready(tmp_path)
    (action,) = await learned_actions(here.performer, await here.log_in())
    assert (action.id, action.secrets, missing) == ("POST /address", (), {})
    assert here.performer.alterations.known[action.id].watch is not None


async def test_an_action_is_known_though_it_could_not_be_compared(tmp_path: Path) -> None:
    here, _, _ = await ready(tmp_path)
    again = await here.log_in()
    here.driver.faults["go"] = [DriverError("the page crashed")]
    assert len(await learned_actions(here.performer, again)) == 1


async def test_nothing_is_compared_where_nobody_can_be_told_apart(tmp_path: Path) -> None:
    here, owner, _ = await ready(tmp_path)
    here.stage.scene = scene(calibrated=False)
    assert await learned_actions(here.performer, owner) == ()


async def test_without_a_form_or_one_that_keeps_what_was_written_the_reason_is_told(tmp_path: Path) -> None:
    _, _, missing = await ready(tmp_path, FakeApp())
    assert missing["action"] == "no form for the account's own data was found on 1 screens"
    (tmp_path / "b").mkdir()
    _, _, missing = await ready(tmp_path / "b", FakeApp(addresses={"ana": WAS}, saves="refuses"))
    assert missing["action"] == f"the form at {START}address did not keep what was written into it"
