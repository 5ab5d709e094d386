from pathlib import Path

import pytest

from sessionward.audit.observation import Samples
from sessionward.audit.perform.sampling import BY_BROWSER, UNENDED
from sessionward.audit.probe import Sample
from sessionward.http import Exchange, Request, Response
from tests.audit.perform.fake_app import FakeApp
from tests.audit.perform.stages import RUN, SID, World, world


async def sampled(here: World, **changes: object) -> Samples:
    return await here.performer.perform(Sample(**changes), RUN)  # type: ignore[arg-type,no-any-return]


def sids(taken: Samples) -> list[str]:
    return [token.value for login in taken.logins if (token := login.tokens.get(SID))]


async def test_logins_are_repeated_without_a_browser_and_their_sessions_ended(tmp_path: Path) -> None:
    here = world(tmp_path)
    await here.log_in("owner", keep=False)
    await here.log_in("stranger", keep=False)
    opened = len(here.driver.opened)
    taken = await sampled(here)
    assert len(set(sids(taken))) == 50
    assert [login.party for login in taken.logins[:4]] == ["owner", "stranger"] * 2
    assert not taken.by_browser
    assert len(here.driver.opened) == opened + 1
    assert not set(sids(taken)) & set(here.app.sessions)


async def test_the_sample_is_taken_once_and_kept(tmp_path: Path) -> None:
    here = world(tmp_path)
    first = await sampled(here)
    made = here.driver.requests
    assert await sampled(here) is first
    assert here.driver.requests == made


async def test_a_fresh_one_lives_until_the_run_is_tidied_up(tmp_path: Path) -> None:
    here = world(tmp_path)
    await sampled(here)
    taken = await sampled(here, size=2, fresh=True)
    assert set(sids(taken)) <= set(here.app.sessions)
    opened = len(here.driver.opened)
    await here.performer.tidy(RUN)
    assert not set(sids(taken)) & set(here.app.sessions)
    assert len(here.driver.opened) == opened


async def test_each_login_lies_between_its_request_and_its_answer(tmp_path: Path) -> None:
    taken = await sampled(world(tmp_path), size=6)
    moments = [moment for login in taken.logins for moment in (login.sent, login.answered)]
    assert moments == sorted(moments)


async def test_an_app_that_holds_off_ends_the_sample(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(most_logins=12))
    taken = await sampled(here)
    assert 0 < len(taken.logins) < 30
    assert taken.reason


async def test_without_a_logout_the_sample_is_smaller(tmp_path: Path) -> None:
    assert len((await sampled(world(tmp_path, FakeApp(logout="none")))).logins) == UNENDED
    assert len((await sampled(world(tmp_path, FakeApp(logout="pretends")))).logins) == UNENDED


async def test_a_login_that_cannot_be_repeated_is_made_in_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(tmp_path)
    fetch = here.driver.fetch

    async def refusing(request: Request) -> Exchange:
        if request.method == "POST":
            return Exchange(request=request, response=Response(status=403))
        return await fetch(request)

    monkeypatch.setattr(here.driver, "fetch", refusing)
    taken = await sampled(here)
    assert taken.by_browser
    assert len(taken.logins) == BY_BROWSER


async def test_a_changed_password_is_used_from_then_on(tmp_path: Path) -> None:
    here = world(tmp_path)
    await sampled(here, size=2)
    here.app.passwords["ana"] = here.ana.password = "Another-1-secret"
    taken = await sampled(here, size=2, fresh=True)
    assert len(taken.logins) == 2
    assert not taken.by_browser


async def test_everything_is_shown_to_be_dead_at_the_end(tmp_path: Path) -> None:
    here = world(tmp_path)
    await sampled(here)
    assert await here.performer.leave() == ()
    assert here.app.sessions == {}
