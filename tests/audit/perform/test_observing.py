from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest

from sessionward.audit.driver import DriverError, Screen
from sessionward.audit.perform import observing
from sessionward.audit.perform.observing import private_texts, screen_texts
from sessionward.audit.probe import LogIn, LogOut, Look, Observe, Overhear, Probe, Recall, Restart, Visit
from sessionward.audit.scene import PersonalExchange
from tests.audit.perform.fake_app import START
from tests.audit.perform.stages import PROFILE, RUN, SID, World, scene, world


async def done(here: World, probe: Probe[Any]) -> Any:
    return await here.performer.perform(probe, RUN)


async def test_a_page_is_seen_with_the_private_texts_on_it(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    page = await done(here, Observe(session=owner, exchange=PROFILE))
    assert page.found == ("ana@clinic.example",)
    assert not page.asks_login
    assert page.url == PROFILE.request.url
    assert page.tokens.get(SID) == owner.tokens.get(SID)
    assert page.exchanges[-1].request.url == page.url


async def test_a_page_that_draws_itself_late_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    tab = here.performer.book.tab(owner)
    monkeypatch.setattr(observing, "BETWEEN", 0.0)
    whole, empty, left = tab.look, Screen(url=f"{START}profile", title="", text="Loading"), [2, 1]

    async def look() -> Screen:
        screen = await whole()
        if left[0]:
            left[0] -= 1
            return empty
        if left[1]:
            left[1] -= 1
            return replace(screen, text="Menu")
        return screen

    monkeypatch.setattr(tab, "look", look)
    monkeypatch.setattr(tab, "source", AsyncMock(return_value=""))
    page = await done(here, Observe(session=owner, exchange=PROFILE))
    assert (page.found, left) == (("ana@clinic.example",), [0, 0])


async def test_looking_at_a_page_as_it_stands_asks_the_app_for_nothing(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    first = await done(here, Observe(session=owner, exchange=PROFILE))
    again = await done(here, Observe(session=owner))
    assert len(again.exchanges) == len(first.exchanges)
    assert again.seen >= first.seen


async def test_going_back_shows_the_page_before_and_says_where_there_is_none(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    await done(here, Observe(session=owner, exchange=PROFILE))
    await done(here, LogOut(session=owner))
    after = await done(here, Observe(session=owner, url=f"{START}profile"))
    assert after.asks_login
    found: list[str] = []
    while (page := await done(here, Observe(session=owner, back=True))).there:
        found.extend(page.found)
    assert found


async def test_where_one_can_log_out_is_told_only_where_it_is_asked(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    assert (await done(here, Observe(session=owner, url=f"{START}home"))).logout == ""
    assert (await done(here, Observe(session=owner, url=f"{START}home", logout=True))).logout == "in sight"


async def test_the_cache_is_asked_and_not_the_app(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    made = here.driver.requests
    assert (await done(here, Recall(session=owner, exchange=PROFILE))).shows == "nobody"
    here.driver.living[-1].cache[PROFILE.request.url] = "<p>ana@clinic.example</p>"
    assert (await done(here, Recall(session=owner, exchange=PROFILE))).shows == "owner"
    assert here.driver.requests == made


async def test_a_browser_without_a_lasting_cookie_is_logged_out_after_a_restart(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    again = await done(here, Restart(session=owner))
    assert (await done(here, Visit(session=again, exchange=PROFILE))).shows == "nobody"
    assert await here.opens(owner) == "owner"


async def test_a_browser_whose_storage_cannot_be_read_is_not_restarted(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    here.driver.faults["storage"] = [DriverError("the page does not answer")]
    with pytest.raises(DriverError, match="does not answer"):
        await done(here, Restart(session=owner))


async def test_a_restarted_browser_is_closed_and_the_session_ended_with_the_run(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    await done(here, Restart(session=owner))
    await here.performer.tidy(RUN)
    assert here.driver.living == []
    assert await here.opens(owner) == "nobody"


async def test_a_cookie_without_secure_is_overheard(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    assert (await done(here, Overhear(session=owner))).tokens == {SID}


async def test_what_is_stored_is_read(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    assert (await done(here, Look(session=owner))).document_cookie == (("theme", "dark"),)


def test_a_text_that_another_account_has_as_well_is_not_private() -> None:
    shared = PersonalExchange(id="p", request=PROFILE.request, evidence="personal", texts=("Dr. Hill", "12"))
    markers = {"owner": ('"Dr. Hill"', ">ana<"), "stranger": ("Dr. Hill Clinic",)}
    known = replace(scene(), private=(replace(PROFILE, markers=markers),), personal=(shared,))
    known = replace(known, parties={"owner": None, "stranger": None})  # type: ignore[dict-item]
    assert private_texts(known, "owner") == ()
    assert private_texts(known, "stranger") == ("Dr. Hill Clinic",)


def test_a_screen_is_known_by_markers_as_they_are_drawn() -> None:
    private = replace(PROFILE, markers={"owner": ('"Ana Maria"', '"ana"'), "stranger": ('"Ben Jonson"',)})
    assert screen_texts(private, "owner", "You are Ana Maria, ana, not Ben Jonson") == ("Ana Maria",)
    assert screen_texts(private, "owner", "Welcome") == ()
