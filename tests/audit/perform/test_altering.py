from dataclasses import replace
from pathlib import Path

import pytest

from sessionward.audit.driver import DriverError, Element, Screen
from sessionward.audit.explore.flows import Handle, ProfileFlow
from sessionward.audit.observation import Altered, Held, Lured, Session
from sessionward.audit.perform import altering
from sessionward.audit.perform.framed import NO_COOKIE
from sessionward.audit.probe import Alter, HoldBack, Lure, Way
from sessionward.audit.scene import Action
from sessionward.http import Request
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.stages import RUN, World, world

WAS, CANARY = "1 Long Road", "swcafe0123beef"
FLOW = ProfileFlow(
    url=f"{START}address",
    field=Handle(tag="input", field="address"),
    kind="address",
    private=True,
    submit=Handle(tag="button", name="Save"),
    before=WAS,
)


async def ready(path: Path, app: FakeApp | None = None) -> tuple[World, Session, Action]:
    """The owner is logged in, a canary stands in the address, and the request that put it there is known."""
    here = world(path, app or FakeApp(addresses={"ana": WAS, "ben": "2 Short Lane"}))
    session = await here.log_in()
    tab = here.performer.book.tab(session)
    mark = len(tab.recorded())
    assert await here.performer.planting.plant("owner", tab, FLOW, CANARY)
    made = tab.recorded()[mark:]
    assert here.performer.alterations.learn(FLOW, await tab.look(), made, CANARY, stands=CANARY) == ""
    (known,) = here.performer.alterations.known.values()
    return here, session, known.action


async def held(here: World, session: Session, action: Action) -> Held:
    found: Held = await here.performer.perform(HoldBack(session=session, action=action), RUN)
    return found


async def altered(
    here: World, session: Session, action: Action, how: Way, request: Request | None = None
) -> Altered:
    back = await held(here, session, action)
    assert back.request
    probe = Alter(session=session, action=action, held=back, request=request or back.request, how=how)
    found: Altered = await here.performer.perform(probe, RUN)
    return found


async def test_the_request_that_saved_a_text_is_learnt_without_its_cookies(tmp_path: Path) -> None:
    _, _, action = await ready(tmp_path)
    assert (action.id, action.page) == ("POST /address", f"{START}address")
    assert action.request.header("cookie") is None


async def test_what_a_page_would_send_is_held_back_and_changes_nothing(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    sent = here.app.asked.count("POST /address")
    found = await held(here, session, action)
    assert found.request
    assert found.text.startswith(CANARY)
    assert found.text.encode() in (found.request.body or b"")
    assert found.request.header("origin") == "http://app.test"
    assert here.app.addresses["ana"] == CANARY
    assert here.app.asked.count("POST /address") == sent


async def test_the_form_is_filled_in_beside_the_browser_that_is_looked_at_later(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    await held(here, session, action)
    assert here.performer.book.tab(session) is here.driver.opened[0]
    assert here.driver.opened[1].closed


async def test_a_form_that_is_not_there_gives_no_request_and_says_so(tmp_path: Path) -> None:
    here, _, action = await ready(tmp_path)
    stranger = await here.log_in("stranger")
    del here.app.addresses["ben"]
    found = await held(here, stranger, action)
    assert found.request is None
    assert "not at" in found.reason


@pytest.mark.parametrize("how", ["own", "form"])
async def test_a_change_is_seen_in_the_apps_page_and_put_back(tmp_path: Path, how: Way) -> None:
    here, session, action = await ready(tmp_path)
    found = await altered(here, session, action, how)
    assert (found.changed, found.seen, found.ended) == (True, True, False)
    assert here.app.addresses == {"ana": CANARY, "ben": "2 Short Lane"}
    assert [change.undo["now"] for change in here.stage.journal.pending] == [CANARY]


async def test_a_session_that_saving_renews_lives_on_in_its_browser(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    here.app.saves = "renews"
    for how in ("own", "form", "own"):
        found = await altered(here, session, action, how)
        assert (found.changed, found.seen, found.ended) == (True, True, False)


async def test_a_request_that_the_app_refuses_changes_nothing(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    here.app.saves = "refuses"
    found = await altered(here, session, action, "own")
    assert (found.changed, found.seen) == (False, True)


async def test_a_request_that_spoils_the_field_is_no_proof_but_put_back_all_the_same(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    body = b"name=ana&address=nothing"
    spoiling = Request(method="POST", url=f"{START}address", headers=action.request.headers, body=body)
    found = await altered(here, session, action, "own", spoiling)
    assert (found.changed, found.seen) == (False, False)
    assert here.app.addresses["ana"] == CANARY


async def watched(here: World, session: Session, action: Action) -> None:
    await here.performer.alterations.find_watch(action, session.tokens)


async def test_what_another_request_shows_to_stand_as_before_needs_no_page(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    await watched(here, session, action)
    here.app.saves = "refuses"
    pages = len(here.performer.book.tab(session).recorded())
    found = await altered(here, session, action, "own")
    assert (found.changed, found.seen) == (False, True)
    assert len(here.performer.book.tab(session).recorded()) == pages
    assert len(here.stage.journal.pending) == 1


async def test_a_change_is_put_back_as_the_app_takes_it_where_that_can_be_watched(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    await watched(here, session, action)
    assert (await altered(here, session, action, "form")).changed
    assert here.app.addresses["ana"] == CANARY
    assert len(here.stage.journal.pending) == 1


async def test_a_text_that_may_stand_elsewhere_is_watched_in_the_page_alone(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    known = here.performer.alterations.known
    known[action.id] = replace(known[action.id], stands=WAS)
    await watched(here, session, action)
    assert known[action.id].watch is None


async def test_a_session_whose_browser_is_closed_sends_the_same_until_something_was_taken(
    tmp_path: Path,
) -> None:
    here, session, action = await ready(tmp_path)
    stranger = await here.log_in("stranger", keep=False)
    first = await held(here, stranger, action)
    assert await held(here, stranger, action) is first
    assert (await altered(here, session, action, "own")).changed
    assert await held(here, stranger, action) is not first


async def test_a_session_that_the_request_ended_is_replaced_for_looking_and_said_to_be_over(
    tmp_path: Path,
) -> None:
    here, session, action = await ready(tmp_path)
    here.app.saves = "refuses"

    def end() -> None:
        here.app.sessions.clear()
        here.app.after.clear()

    here.app.after["POST /address"] = end
    found = await altered(here, session, action, "own")
    assert (found.changed, found.seen, found.ended) == (False, True, True)


async def test_a_change_that_cannot_be_put_back_stays_in_the_journal(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    here.app.after["POST /address"] = lambda: setattr(here.app, "saves", "refuses")
    found = await altered(here, session, action, "own")
    assert not found.seen
    assert "could not be put back" in found.reason
    assert len(here.stage.journal.pending) == 2
    here.app.after.clear()
    here.app.saves = "works"
    await here.performer.leave()
    assert here.app.addresses["ana"] == WAS
    assert not here.stage.journal.pending


async def test_a_browser_that_fails_leaves_the_change_for_the_end(tmp_path: Path) -> None:
    here, session, action = await ready(tmp_path)
    back = await held(here, session, action)
    assert back.request
    here.driver.faults["fetch"] = [DriverError("no route")]
    probe = Alter(session=session, action=action, held=back, request=back.request, how="own")
    with pytest.raises(DriverError, match="no route"):
        await here.performer.perform(probe, RUN)
    assert here.app.addresses["ana"] == CANARY


@pytest.mark.parametrize(
    "frames, drawn, reason",
    [
        ("all", True, ""),
        ("none", False, "its X-Frame-Options says “DENY”"),
        ("breaks out", False, "the page broke out of the frame"),
        ("visitors", False, f"{NO_COOKIE}; the form is drawn as it is for visitors"),
    ],
)
async def test_a_form_in_a_frame_is_clicked_on_where_it_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frames: str, *, drawn: bool, reason: str
) -> None:
    monkeypatch.setattr(altering, "DRAWN", 0.0)
    here, session, action = await ready(tmp_path)
    here.app.frames = frames
    found: Lured = await here.performer.perform(Lure(session=session, action=action), RUN)
    assert (found.rendered, found.sent, found.otherwise, found.reason) == (drawn, drawn, "", reason)
    assert here.app.addresses["ana"] == CANARY


async def test_a_click_in_a_frame_that_leads_elsewhere_than_the_app_s_own_page_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(altering, "DRAWN", 0.0)
    here, session, action = await ready(tmp_path)
    here.app.frames, here.app.saves = "all", "leads away"
    found: Lured = await here.performer.perform(Lure(session=session, action=action), RUN)
    assert (found.sent, found.otherwise) == (True, "led to /login")


@pytest.mark.parametrize("frames, drawn", [("all", True), ("visitors", False)])
async def test_an_empty_field_is_the_account_s_own_only_where_its_login_came_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frames: str, *, drawn: bool
) -> None:
    monkeypatch.setattr(altering, "DRAWN", 0.0)
    here, session, action = await ready(tmp_path)
    known = here.performer.alterations.known
    known[action.id] = replace(known[action.id], stands="")
    here.app.addresses["ana"], here.app.frames = "", frames
    found: Lured = await here.performer.perform(Lure(session=session, action=action), RUN)
    assert (found.rendered, found.sent) == (drawn, drawn)


@pytest.mark.parametrize("looks, drawn", [(1, True), (3, True), (99, False)])
async def test_a_framed_form_that_a_script_fills_in_late_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: int, *, drawn: bool
) -> None:
    monkeypatch.setattr(altering, "DRAWN", 0.0)
    here, session, action = await ready(tmp_path)
    here.app.frames = "all"
    tab, left = here.performer.book.tab(session), [looks]
    lured, looked, shown = tab.lure, tab.look, list[Screen]()

    async def lure(url: str, origin: str) -> Screen:
        shown.append(await lured(url, origin))
        return await look()

    async def look() -> Screen:
        if not shown:
            return await looked()
        left[0] -= 1
        blank = tuple(replace(one, value="") for one in shown[0].elements)
        return shown[0] if left[0] < 0 else replace(shown[0], elements=blank)

    monkeypatch.setattr(tab, "lure", lure)
    monkeypatch.setattr(tab, "look", look)
    found: Lured = await here.performer.perform(Lure(session=session, action=action), RUN)
    assert found.rendered is drawn


async def test_a_click_that_the_browser_dropped_since_the_frame_was_new_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, session, action = await ready(tmp_path)
    here.app.frames = "all"
    tab, clicks = here.performer.book.tab(session), list[Element]()
    heeded = tab.click

    async def click(element: Element) -> None:
        clicks.append(element)
        if len(clicks) > 1:
            await heeded(element)

    monkeypatch.setattr(tab, "click", click)
    monkeypatch.setattr(altering, "DRAWN", 0.0)
    found: Lured = await here.performer.perform(Lure(session=session, action=action), RUN)
    assert (found.sent, len(clicks)) == (True, 2)
