from pathlib import Path

import pytest

from sessionward.audit.driver import DriverError, Tab
from sessionward.audit.explore.flows import Handle, ProfileFlow
from sessionward.audit.journal import NAME, Journal
from sessionward.audit.perform.planting import KIND, put_back, stands_there
from sessionward.audit.probe import LogIn
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.stages import RUN, World, world

WAS, CANARY = "1 Long Road", "canary7f3a9c"
FLOW = ProfileFlow(
    url=f"{START}address",
    field=Handle(tag="input", field="address"),
    kind="address",
    private=True,
    submit=Handle(tag="button", name="Save"),
    before=WAS,
)


async def ready(path: Path, *, saves: str = "works") -> tuple[World, Tab]:
    here = world(path, FakeApp(addresses={"ana": WAS}, saves=saves))
    return here, here.performer.book.tab(await here.log_in())


async def test_a_canary_is_planted_and_the_former_text_put_back(tmp_path: Path) -> None:
    here, tab = await ready(tmp_path)
    planting = here.performer.planting
    assert await planting.plant("owner", tab, FLOW, CANARY)
    assert here.app.addresses == {"ana": CANARY}
    assert planting.parties == ("owner",)
    assert await planting.restore("owner", tab) == ""
    assert here.app.addresses == {"ana": WAS}
    after = here.performer
    assert not after.planting.parties
    assert not after.unrestored
    assert not here.stage.journal.pending


async def test_the_change_is_on_the_disk_before_it_is_made(tmp_path: Path) -> None:
    here, tab = await ready(tmp_path)
    seen: list[str] = []
    here.app.after["POST /address"] = lambda: seen.append((tmp_path / NAME).read_text())
    await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    assert WAS in seen[0]
    assert CANARY in seen[0]


async def test_another_process_can_put_back_from_the_journal_alone(tmp_path: Path) -> None:
    here, tab = await ready(tmp_path)
    await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    (change,) = Journal(tmp_path).pending
    assert (change.kind, change.account) == (KIND, "ana")
    assert await put_back(tab, change, here.ana) == ""
    assert here.app.addresses == {"ana": WAS}


async def test_what_the_app_refuses_leaves_nothing_to_put_back(tmp_path: Path) -> None:
    here, tab = await ready(tmp_path, saves="refuses")
    assert not await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    assert (here.performer.planting.parties, here.stage.journal.pending) == ((), ())


async def test_a_text_that_was_kept_in_another_form_is_no_canary_and_what_stays_is_told(
    tmp_path: Path,
) -> None:
    here, tab = await ready(tmp_path, saves="cuts")
    assert not await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    (told,) = here.performer.planting.unrestored
    assert told == f"ana: a field of the profile still holds the text {CANARY} (Saved.)"
    assert here.stage.journal.pending


async def test_a_field_that_is_gone_is_left_alone(tmp_path: Path) -> None:
    here, tab = await ready(tmp_path)
    here.app.addresses.clear()
    assert await stands_there(tab, FLOW) is None
    assert not await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    assert not (tmp_path / NAME).exists()


async def test_a_browser_that_fails_leaves_the_change_in_the_journal(tmp_path: Path) -> None:
    here, tab = await ready(tmp_path)
    await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    here.driver.faults["go"] = [DriverError("the page crashed")]
    assert await here.performer.planting.restore("owner", tab) == "the page crashed"
    (told,) = here.performer.planting.unrestored
    assert told.endswith("(the page crashed)")
    assert here.stage.journal.pending


async def test_leaving_puts_the_text_back(tmp_path: Path) -> None:
    here, tab = await ready(tmp_path)
    await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    assert await here.performer.leave() == ()
    assert here.app.addresses == {"ana": WAS}
    assert here.performer.unrestored == ()


@pytest.mark.parametrize("calibrated", [True, False])
async def test_the_text_is_put_back_in_a_living_session_where_the_app_lets_nobody_in_any_more(
    tmp_path: Path, *, calibrated: bool
) -> None:
    here = world(tmp_path, FakeApp(addresses={"ana": WAS}), calibrated=calibrated)
    session = await here.log_in()
    await here.performer.planting.plant("owner", here.performer.book.tab(session), FLOW, CANARY)
    if calibrated:
        await here.performer.sessions.park(session)
    here.app.locks = 0
    await here.performer.put_back()
    assert here.app.addresses == {"ana": WAS}
    assert here.performer.unrestored == ()


async def test_a_lock_over_our_own_wrong_passwords_is_not_waited_out_while_a_session_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("sessionward.audit.perform.own_tries.sleep", sleep)
    here, tab = await ready(tmp_path)
    await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    await here.performer.sessions.log_in(LogIn(party="owner", password="wrong"), RUN)
    here.app.locks = 0
    await here.performer.put_back()
    assert (here.app.addresses, slept) == ({"ana": WAS}, [])


async def test_a_login_that_breaks_off_leaves_the_text_planted_and_the_sessions_are_ended_all_the_same(
    tmp_path: Path,
) -> None:
    here, tab = await ready(tmp_path)
    await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    here.driver.faults["go"] = [DriverError("the page crashed")]
    assert await here.performer.leave() == ()
    assert here.performer.unrestored
    assert here.app.sessions == {}


async def test_a_journal_that_fails_afterwards_names_one_change_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, tab = await ready(tmp_path)
    await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    assert await here.performer.planting.restore("owner", tab) == ""
    assert here.app.addresses == {"ana": WAS}
    (tmp_path / NAME).rmdir()
