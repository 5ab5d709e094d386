from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sessionward.audit.conduct.entering import Entrance, enter
from sessionward.audit.conduct.others import know_others, tenants, texts_of
from sessionward.audit.conduct.surveying import survey
from sessionward.audit.driver import DriverError, Tab
from sessionward.audit.explore.explorer import Exploration, Limits
from sessionward.audit.probe import Resident
from sessionward.audit.scene import PersonalExchange, Scene
from sessionward.http import Request
from tests.audit.perform.fake_app import START
from tests.audit.perform.stages import PROFILE, RUN, World, person, scene, world

LIMITS = Limits(seconds=5, screens=6)


async def known(here: World, path: Path, **more: frozenset[str]) -> tuple[Scene, Entrance]:
    """What is known of the others once the owner was followed; the scene is as calibration would leave it."""
    here.stage.scene = scene(calibrated=False)
    entrance = await enter(here.performer, START, path, lambda event: None)
    found = await survey(here.performer, entrance.owner, LIMITS, lambda event: None, 1)
    here.stage.scene = scene()
    for session in (entrance.owner, entrance.stranger):
        here.performer.keep_resident(session)
    return await know_others(here.performer, entrance, found, (), (), **more), entrance


def peopled(path: Path, *parties: str) -> World:
    here = world(path)
    for party in parties:
        here.stage.people[party] = replace(person(f"{party}-of-house"), tenant="south")
        here.app.passwords[f"{party}-of-house"] = f"{party.capitalize()}-of-house-1-secret"
    return here


async def test_two_accounts_cost_no_further_login(tmp_path: Path) -> None:
    here = world(tmp_path)
    found, entrance = await known(here, tmp_path)
    assert here.app.asked.count("POST /login") == 2
    assert (set(found.records), dict(found.privileged), dict(found.homes)) == ({"stranger"}, {}, {})
    assert entrance.others == {}


async def test_further_accounts_become_parties_that_can_be_told_by_their_own_markers(tmp_path: Path) -> None:
    here = peopled(tmp_path, "neighbour", "staff")
    found, entrance = await known(here, tmp_path)
    assert set(found.homes) == set(entrance.others) == {"neighbour", "staff"}
    assert set(found.records) == {"stranger", "neighbour"}
    assert set(found.privileged) == {"staff"}
    here.stage.scene = found
    session = await here.performer.perform(Resident(party="staff"), RUN)
    assert session.authenticated
    shown = await here.performer.replayer.replay(found.home("staff"), session.tokens)
    assert shown.shows == "staff"
    owner = await here.performer.perform(Resident(party="owner"), RUN)
    assert (await here.performer.replayer.replay(found.home("staff"), owner.tokens)).shows == "nobody"


async def test_a_party_that_no_check_needs_is_logged_in_and_left_alone(tmp_path: Path) -> None:
    here = peopled(tmp_path, "staff")
    found, entrance = await known(here, tmp_path, wanted=frozenset({"owner"}))
    assert (dict(found.homes), set(entrance.others)) == ({}, {"staff"})
    assert entrance.accounts["staff-of-house"] == (True, "")


async def test_sessions_of_further_parties_are_ended_like_all_others(tmp_path: Path) -> None:
    here = peopled(tmp_path, "neighbour", "account x")
    here.stage.scene, _ = await known(here, tmp_path)
    assert await here.performer.leave() == ()
    assert here.app.sessions == {}


async def test_a_browser_that_fails_leaves_its_account_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = peopled(tmp_path, "staff")

    async def crashes(*args: object, **more: object) -> None:
        raise DriverError("the page crashed")

    monkeypatch.setattr("sessionward.audit.conduct.others.explore", crashes)
    found, _ = await known(here, tmp_path)
    assert (dict(found.homes), dict(found.privileged)) == ({}, {})


@pytest.mark.parametrize("ended,clicks", [("nothing new", [0, 3]), ("time", [0])])
async def test_a_higher_role_is_followed_by_its_links_before_anything_is_clicked_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: str, clicks: list[int]
) -> None:
    here, made = peopled(tmp_path, "staff"), list[tuple[int, bool]]()

    async def noting(tab: Tab, start: str, limits: Limits, **_: Any) -> Exploration:
        made.append((limits.clicks_per_screen, f"{START}profile" in limits.later))
        await tab.go(start)
        return Exploration(screens=(), ended=ended)

    monkeypatch.setattr("sessionward.audit.conduct.others.explore", noting)
    await known(here, tmp_path)
    assert made == [(each, True) for each in clicks]


def test_texts_of_one_kind_and_tenants_are_each_named_once(tmp_path: Path) -> None:
    request = Request(method="GET", url=START)
    kinds = [
        PersonalExchange(id="1", request=request, evidence="canary", texts=("a", "b")),
        PersonalExchange(id="2", request=request, evidence="personal", texts=("c", "c")),
    ]
    assert texts_of(kinds, "personal") == ("c",)
    assert tenants(peopled(tmp_path, "neighbour", "staff").stage) == ("south",)
    assert PROFILE.markers
