from pathlib import Path

import pytest

from sessionward.audit.driver import DriverError
from sessionward.audit.observation import Reactions
from sessionward.audit.perform.name_forms import backwards, plain
from sessionward.audit.probe import TryNames
from sessionward.http import Exchange, Request
from tests.audit.perform.fake_app import FakeApp
from tests.audit.perform.stages import RUN, World, world

NAMES = ("owner", "quentin", "stranger", "rosamund")


async def tried(here: World, *names: str, form: str = "login") -> Reactions:
    probe = TryNames(form="login" if form == "login" else "reset", names=names or NAMES)
    return await here.performer.perform(probe, RUN)  # type: ignore[no-any-return]


async def test_names_are_sent_without_a_browser_once_it_has_shown_how(tmp_path: Path) -> None:
    here = world(tmp_path)
    found = await tried(here)
    assert [one.status for one in found.made] == [401] * 4
    assert len({one.texts for one in found.made}) == 1
    assert all(one.seconds > 0 for one in found.made)
    assert len(here.driver.opened) == 1
    assert here.driver.living == []
    assert found.url.endswith("/login")


async def test_the_app_sees_the_very_names_and_no_known_password(tmp_path: Path) -> None:
    here = world(tmp_path)
    await tried(here)
    assert set(here.app.wrong) == {"ana", "ben", "quentin", "rosamund", "nitneuq"}
    assert here.app.wrong["quentin"] == here.app.wrong["ana"] == 1
    assert not set(here.app.given) & set(here.app.passwords.values())


async def test_the_right_password_is_waited_for_where_the_wrong_ones_shut_the_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(tmp_path, FakeApp(locks=2))
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        here.app.locks = None

    monkeypatch.setattr("sessionward.audit.perform.own_tries.sleep", sleep)
    await tried(here, *["owner", "quentin"] * 2)
    assert (await here.log_in("owner")).authenticated
    assert len(slept) == 1


async def test_an_app_that_holds_off_ends_it(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(tries=2))
    found = await tried(here, *["owner", "quentin"] * 4)
    assert found.made[-1].held_off
    assert len(found.made) < 8


async def test_an_app_that_knows_no_forgotten_passwords_says_so(tmp_path: Path) -> None:
    found = await tried(world(tmp_path), form="reset")
    assert (found.made, "no form for a forgotten password" in found.reason) == ((), True)


@pytest.mark.parametrize("asked", ["User name", "User name or e-mail address"])
async def test_a_form_that_asks_for_a_name_is_sent_with_each(tmp_path: Path, asked: str) -> None:
    found = await tried(world(tmp_path, FakeApp(forgot=asked)), form="reset")
    assert (len(found.made), found.reason) == (4, "")


async def test_a_form_that_asks_for_a_mail_address_tells_nothing_by_names(tmp_path: Path) -> None:
    found = await tried(world(tmp_path, FakeApp(forgot="Email")), form="reset")
    assert (found.made, "it asks for an e-mail address" in found.reason) == ((), True)


async def test_a_name_that_nobody_has_is_needed_to_learn_the_form(tmp_path: Path) -> None:
    found = await tried(world(tmp_path), "owner", "stranger")
    assert found.reason == "no name was given that has no account"


async def test_a_browser_that_fails_is_the_reason(tmp_path: Path) -> None:
    here = world(tmp_path)
    here.driver.faults["go"] = [DriverError("the page crashed")]
    assert "the page crashed" in (await tried(here)).reason


async def test_an_app_that_stops_answering_breaks_it_off(tmp_path: Path) -> None:
    here = world(tmp_path)
    await tried(here)
    here.app.down = True
    with pytest.raises(DriverError, match="not answered"):
        await tried(here)


def test_of_a_page_s_headers_only_those_are_kept_that_say_nothing_of_who_asks() -> None:
    headers = (("Accept", "text/html"), ("Cookie", "sid=1"), ("Authorization", "Bearer x"))
    request = Request(method="GET", url="http://app.test/login", headers=headers)
    assert plain(Exchange(request=request)) == (("Accept", "text/html"),)


def test_the_name_by_which_the_form_is_learned_is_another_one_of_the_same_form() -> None:
    assert backwards("qwertz@example.org") == "ztrewq@example.org"
    assert backwards("99991234") == "99991234"
