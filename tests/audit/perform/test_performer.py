from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sessionward.audit.driver import DriverError
from sessionward.audit.observation import Session
from sessionward.audit.perform.performer import OWN
from sessionward.audit.probe import (
    Close,
    Forge,
    LogIn,
    LogOut,
    Look,
    OpenBrowser,
    Probe,
    Replay,
    ReplayPersonal,
    Resident,
    Together,
    Visit,
    Wait,
)
from sessionward.audit.scene import PersonalExchange
from sessionward.http import Carrier, Request, Token, TokenKey, TokenSet
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.stages import PROFILE, RUN, World, world
from tests.audit.perform.trading_app import RENEWED, TradingApp


async def done(here: World, probe: Probe[Any], run: str = RUN) -> Any:
    return await here.performer.perform(probe, run)


def cookie(value: str) -> TokenSet:
    return TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value=value),))


async def test_each_probe_gives_what_it_promises(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner = await done(here, LogIn(party="owner"))
    personal = PersonalExchange(id="p", request=PROFILE.request, evidence="personal", texts=("ana@clinic",))
    assert (await done(here, Replay(exchange=PROFILE, tokens=owner.tokens, party="owner"))).shows == "owner"
    assert (await done(here, ReplayPersonal(exchange=personal, tokens=owner.tokens, party="owner"))).found
    assert (await done(here, Visit(session=owner, exchange=PROFILE))).shows == "owner"
    assert (await done(here, OpenBrowser())).party == "anonymous"
    assert await done(here, Wait(seconds=0)) is None
    assert (await done(here, LogOut(session=owner))).effective


async def test_what_is_no_single_probe_is_a_fault_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="Together"):
        await done(world(tmp_path), Together(probes=()))


async def test_a_closed_browser_leaves_its_tokens_usable(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    await done(here, Close(session=session))
    assert here.driver.living == []
    assert await here.opens(session) == "owner"


async def test_what_scripts_can_read_is_told_by_place(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    bearer = TokenKey(Carrier.HEADER, "authorization")
    held = session.tokens.merged(
        TokenSet(
            (Token(carrier=Carrier.HEADER, name="authorization", value="ey.long.token", scheme="Bearer"),)
        )
    )
    here.driver.opened[0].stored = {("local", "auth"): '{"access":"ey.long.token"}'}
    seen = await done(here, Look(session=replace(session, tokens=held)))
    assert seen.document_cookie == (("theme", "dark"),)
    assert seen.readable_storage == {bearer}
    assert seen.readable_cookies == frozenset()


async def test_the_resident_session_is_kept_while_it_lives(tmp_path: Path) -> None:
    here = world(tmp_path)
    first = await done(here, Resident(party="owner"))
    assert await done(here, Resident(party="owner")) == first
    assert here.app.asked.count("POST /login") == 1


async def test_a_resident_session_that_died_is_logged_in_anew(tmp_path: Path) -> None:
    here = world(tmp_path)
    first = await done(here, Resident(party="owner"))
    here.app.sessions.clear()
    second = await done(here, Resident(party="owner"))
    assert second.id != first.id
    assert here.performer.book.entry(first).ended == "ended by the app"


async def test_a_throttle_does_not_count_as_the_death_of_a_resident_session(
    tmp_path: Path,
) -> None:
    here = world(tmp_path)
    first = await done(here, Resident(party="owner"))
    here.app.down = True
    assert await done(here, Resident(party="owner")) == first
    assert here.performer.book.entry(first).ended == ""


async def test_the_sessions_of_entering_serve_as_resident_ones(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in(run=OWN)
    here.performer.keep_resident(session)
    assert await done(here, Resident(party="owner")) == session


async def test_tidying_ends_the_sessions_of_one_run_and_no_others(tmp_path: Path) -> None:
    here = world(tmp_path)
    await here.log_in(keep=False)
    await here.log_in("stranger")
    other = await here.log_in(run="other#1")
    await here.performer.tidy(RUN)
    assert list(here.app.sessions.values()) == ["ana"]
    assert await here.opens(other) == "owner"
    assert len(here.driver.living) == 1


async def test_leaving_ends_everything_and_shows_it_dead(tmp_path: Path) -> None:
    here = world(tmp_path)
    await here.log_in(run=OWN)
    await here.log_in("stranger", keep=False)
    assert await here.performer.leave() == ()
    assert here.app.sessions == {}
    assert here.driver.living == []


async def test_sessions_that_outlive_their_logout_are_named_without_their_tokens(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(logout="forgets"))
    session = await here.log_in()
    (left,) = await here.performer.leave()
    assert left.startswith("owner: cookie sid ‹")
    assert next(token.value for token in session.tokens) not in left


async def test_a_session_that_outlives_a_logout_is_named_though_its_browser_forgot_it(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(logout="forgets"))
    session = await here.log_in()
    await done(here, LogOut(session=session))
    await done(here, Visit(session=session, exchange=PROFILE))
    await here.performer.tidy(RUN)
    (left,) = await here.performer.leave()
    assert left.startswith("owner: cookie sid ‹")


async def test_a_logout_that_did_all_it_could_is_not_made_twice(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(logout="forgets"))
    await here.log_in()
    await here.performer.tidy(RUN)
    await here.performer.leave()
    assert here.app.asked.count("POST /logout") == 1


async def test_logouts_that_end_nothing_are_not_made_over_and_over(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(logout="forgets"))
    for _ in range(6):
        await here.log_in(keep=False)
    await here.performer.tidy(RUN)
    left = await here.performer.leave()
    assert here.app.asked.count("POST /logout") == 2
    assert len(left) == 6  # yet each is named


async def test_one_session_that_cannot_be_ended_does_not_stop_the_others(tmp_path: Path) -> None:
    here = world(tmp_path)
    await here.log_in(keep=False)
    await here.log_in("stranger", keep=False)
    here.driver.faults["open"] = [DriverError("no more browsers")]
    (left,) = await here.performer.leave()
    assert left.startswith("owner: cookie sid")
    assert list(here.app.sessions.values()) == ["ana"]


async def test_a_fetch_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    here = world(tmp_path)
    await here.log_in(keep=False)
    await here.log_in("stranger", keep=False)
    here.driver.faults["fetch"] = [DriverError("no route"), DriverError("no route")]
    (left,) = await here.performer.leave()
    assert "not told: no route" in left
    assert list(here.app.sessions.values()) == ["ana"]


async def test_a_session_is_not_called_dead_because_the_app_is(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in(keep=False)
    here.app.down = True
    await here.performer.tidy(RUN)
    assert here.performer.book.entry(session).ended == ""
    (left,) = await here.performer.leave()
    assert "not told: connection refused" in left
    assert len(here.driver.opened) == 1  # no browser was sent after an app that does not answer


async def test_a_browser_that_crashed_is_replaced_for_logging_out(tmp_path: Path) -> None:
    here = world(tmp_path)
    await here.log_in()
    here.driver.faults["cookies"] = [DriverError("the page crashed")]
    await here.performer.tidy(RUN)
    assert here.app.sessions == {}
    assert here.driver.living == []


async def test_a_token_that_was_renewed_is_ended_as_well_as_its_successor(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    here.app.sessions["renewed-token-1"] = "ana"
    here.driver.opened[0].jar["sid"] = "renewed-token-1"
    await here.performer.sessions.refresh(session)
    assert len(here.app.sessions) == 2
    assert await here.performer.leave() == ()
    assert here.app.sessions == {}


async def test_a_login_that_another_site_forged_is_ended(tmp_path: Path) -> None:
    here = world(tmp_path)
    victim = await done(here, OpenBrowser())
    body = b"username=ben&password=Ben-1-secret"
    forged = Request(method="POST", url=f"{START}login", body=body)
    sent = await done(here, Forge(session=victim, request=forged, how="form"))
    assert sent.sent
    assert here.app.alive("ben") == 1
    await here.performer.tidy(RUN)
    assert here.app.sessions == {}


async def test_before_calibration_sessions_are_logged_out_by_the_pages_word(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    await here.log_in(run=OWN)
    assert await here.performer.leave() == ()
    assert here.app.sessions == {}


async def test_before_calibration_a_session_without_a_way_out_is_named(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(logout="none"), calibrated=False)
    await here.log_in(run=OWN)
    assert await here.performer.leave() == ("owner: a session could not be logged out",)


async def test_refused_logins_cost_no_request_at_the_end(tmp_path: Path) -> None:
    here = world(tmp_path)
    await done(here, LogIn(party="owner", password="wrong", keep=False))
    before = here.driver.requests
    await here.performer.tidy(RUN)
    assert await here.performer.leave() == ()
    assert here.driver.requests == before


async def test_restoring_comes_before_logging_out(tmp_path: Path) -> None:
    here = world(tmp_path)
    session: Session = await here.log_in()
    await here.change(session)
    here.app.asked.clear()
    await here.performer.leave()
    assert here.app.asked.index("POST /password") < here.app.asked.index("POST /logout")
    assert here.app.sessions == {}


async def test_only_exact_values_of_some_length_count_as_readable(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    here.driver.opened[0].stored = {("local", "a"): "yes"}
    assert (
        await done(here, Look(session=replace(session, tokens=cookie("yes"))))
    ).readable_storage == frozenset()


@pytest.mark.parametrize("beside", ["", "form-token=f0r3v3r; Path=/"])
async def test_a_cookie_that_was_traded_is_replaced_in_its_browser_too(tmp_path: Path, beside: str) -> None:
    app = TradingApp(beside=beside)
    here = world(tmp_path, app)
    session = await here.log_in()
    probe = Replay(exchange=RENEWED, tokens=session.tokens, party="owner")
    answer = await here.performer.perform(probe, RUN)
    assert answer.shows == "owner"
    jar = {cookie.name: cookie.value for cookie in await here.performer.book.tab(session).cookies()}
    assert app.sessions[jar["sid"]] == "ana"
    again = await here.performer.perform(probe, RUN)
    assert (again.shows, app.sessions[jar["sid"]]) == ("nobody", "ana")
