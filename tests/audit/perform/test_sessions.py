import asyncio
from pathlib import Path

import pytest

from sessionward.audit.codes import LoginCodes, TotpSource
from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.explore.flows import Entered
from sessionward.audit.perform.sessions import carries
from sessionward.audit.probe import LogIn, LogOut, OpenBrowser
from sessionward.http import Carrier, Request, Response, Token, TokenSet
from sessionward.http.carry import cookie_tokens
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.stages import RUN, SID, World, scene, world


async def log_out(here: World, party: str = "owner") -> tuple[bool, str]:
    session = await here.log_in(party)
    out = await here.performer.sessions.log_out(LogOut(session=session))
    return out.effective, out.reason


def raising(error: BaseException) -> None:
    raise error


async def test_a_login_gives_what_its_browser_holds_and_held_before(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    held, before = session.tokens.get(SID), session.before.get(SID)
    assert session.authenticated
    assert held is not None
    assert before is not None
    assert held.value != before.value
    assert here.app.sessions == {held.value: "ana"}


async def test_a_wrong_password_is_a_session_that_is_not_authenticated(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.performer.sessions.log_in(LogIn(party="owner", password="wrong"), RUN)
    assert not session.authenticated
    assert "Wrong user name or password" in session.reason
    assert not here.performer.book.entry(session).let_in


@pytest.mark.parametrize(
    "crowded,wish,pauses,let_in",
    [
        (2, "30", [31.0, 31.0], True),
        (1, "", [21.0], True),
        (9, "30", [31.0] * 3, False),
        (1, "600", [], False),
    ],
)
async def test_an_app_that_counts_right_logins_too_is_waited_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    crowded: int,
    wish: str,
    pauses: list[float],
    let_in: bool,  # noqa: FBT001 — a column of the table
) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        if seconds:
            waited.append(seconds)

    monkeypatch.setattr("sessionward.audit.perform.sessions.sleep", sleep)
    here = world(tmp_path, FakeApp(crowded=crowded, retry_after=wish))
    assert (await here.log_in()).authenticated == let_in
    assert waited == pauses


async def test_a_password_that_is_meant_to_be_wrong_is_not_tried_again(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(crowded=1, retry_after="1"))
    await here.performer.sessions.log_in(LogIn(party="owner", password="wrong"), RUN)
    assert here.app.asked.count("POST /login") == 1


async def test_what_the_apps_own_pages_were_shown_after_the_login_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(tmp_path)
    assert (await here.log_in()).authenticated
    assert here.app.asked.count("GET /profile") == 1
    monkeypatch.setattr(here.performer.replayer, "shown", lambda recorded, tokens: "owner")
    assert (await here.log_in()).authenticated
    assert here.app.asked.count("GET /profile") == 1


async def test_the_oracle_decides_whatever_the_pages_suggest(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(same=True))
    session = await here.log_in()
    assert not session.authenticated
    assert "shows nobody" in session.reason
    assert here.performer.book.entry(session).let_in  # it may be alive, so it will be logged out


async def test_before_there_is_an_oracle_the_pages_are_believed(tmp_path: Path) -> None:
    session = await world(tmp_path, FakeApp(same=True), calibrated=False).log_in()
    assert session.authenticated


async def test_without_keeping_it_the_browser_is_closed_and_the_tokens_live_on(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in(keep=False)
    assert here.driver.living == []
    assert await here.opens(session) == "owner"


async def test_a_browser_whose_storage_cannot_be_read_is_closed_all_the_same(tmp_path: Path) -> None:
    here = world(tmp_path)
    here.driver.faults["storage"] = [DriverError("the page crashed")]
    await here.log_in(keep=False)
    assert here.driver.living == []


async def test_a_login_that_breaks_off_leaves_its_session_in_the_book(tmp_path: Path) -> None:
    here = world(tmp_path)
    here.driver.faults["cookies"] = [DriverError("the page crashed")]
    with pytest.raises(DriverError):
        await here.log_in()
    (entry,) = here.performer.book.of_run(RUN)
    assert here.app.alive("ana") == 1
    await here.performer.tidy(RUN)
    assert (here.app.alive("ana"), here.driver.living, entry.ended) == (0, [], "logged out")


async def test_a_login_that_is_cancelled_leaves_its_session_in_the_book(tmp_path: Path) -> None:
    here = world(tmp_path)
    here.app.after["POST /login"] = lambda: raising(asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await here.log_in()
    here.app.after.clear()
    assert len(here.performer.book.of_run(RUN)) == 1
    await here.performer.tidy(RUN)
    assert here.driver.living == []


async def test_a_browser_that_cannot_reach_the_app_is_not_leaked(tmp_path: Path) -> None:
    here = world(tmp_path)
    here.app.down = True
    for attempt in (here.log_in(), here.performer.sessions.open_browser(OpenBrowser(), RUN)):
        with pytest.raises(TargetUnreachable):
            await attempt
    await here.performer.tidy(RUN)
    assert here.driver.living == []


async def test_a_login_in_an_open_browser_takes_it_over(tmp_path: Path) -> None:
    here = world(tmp_path)
    browser = await here.performer.sessions.open_browser(OpenBrowser(), RUN)
    session = await here.performer.sessions.log_in(LogIn(party="owner", browser=browser), RUN)
    assert len(here.driver.opened) == 1
    assert session.before.same_values(browser.tokens, [SID]) == {SID}
    with pytest.raises(DriverError, match="closed"):
        here.performer.book.tab(browser)


async def test_planted_cookies_are_there_before_the_login(tmp_path: Path) -> None:
    here = world(tmp_path)
    plant = TokenSet((Token(carrier=Carrier.COOKIE, name="sid", value="chosen-by-another"),))
    session = await here.performer.sessions.log_in(LogIn(party="owner", plant=plant), RUN)
    assert session.before.get(SID) == plant.get(SID)


async def test_without_a_login_flow_nothing_is_opened(tmp_path: Path) -> None:
    here = world(tmp_path)
    here.stage.login = None
    with pytest.raises(DriverError, match="no login"):
        await here.log_in()
    assert here.driver.opened == []


@pytest.mark.parametrize("logout", ["ends", "forgets"])
async def test_a_logout_is_effective_where_its_browser_is_shown_nobody(tmp_path: Path, logout: str) -> None:
    here = world(tmp_path, FakeApp(logout=logout))
    assert await log_out(here) == (True, "")
    assert here.app.alive("ana") == (0 if logout == "ends" else 1)


async def test_the_requests_of_a_logout_are_those_from_its_control_on(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    out = await here.performer.sessions.log_out(LogOut(session=session))
    assert [(r.method, r.url) for r in out.requests] == [
        ("POST", f"{START}logout"),
        ("GET", f"{START}login"),
    ]


class Renewing(FakeApp):
    """The first page replaces the cookie each time."""

    def _private(self, request: Request, line: str, name: str, token: str) -> Response:
        answer = super()._private(request, line, name, token)
        return self._renewed(token, answer) if line == "GET /home" else answer


async def test_a_logout_tells_what_its_browser_held_when_the_control_was_used(tmp_path: Path) -> None:
    here = world(tmp_path, Renewing())
    session = await here.log_in()
    out = await here.performer.sessions.log_out(LogOut(session=session))
    (last, *_) = out.requests
    assert out.tokens.keys == session.tokens.keys
    assert out.tokens.same_values(TokenSet(cookie_tokens(last)), {SID}) == {SID}
    assert session.tokens.same_values(out.tokens, {SID}) == frozenset()


@pytest.mark.parametrize(
    "logout,says",
    [("nothing", "still offers it"), ("pretends", "after the logout the same browser shows owner")],
)
async def test_a_logout_that_does_nothing_is_not_effective(tmp_path: Path, logout: str, says: str) -> None:
    here = world(tmp_path, FakeApp(logout=logout))
    effective, reason = await log_out(here)
    assert not effective
    assert says in reason


async def test_a_logout_that_was_never_found_says_what_the_survey_said(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(logout="none"))
    assert await log_out(here) == (False, "no logout was found")


async def test_without_a_private_page_no_logout_is_judged(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    effective, reason = await log_out(here)
    assert not effective
    assert "no private page" in reason


async def test_a_parked_session_comes_back_with_cookies_and_storage(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    here.driver.opened[0].stored = {("local", "a"): "1", ("indexed", "b"): "2"}
    await here.performer.sessions.park(session)
    await here.performer.sessions.reopen(here.performer.book.entry(session))
    (tab,) = here.driver.living
    assert tab.stored == {("local", "a"): "1"}
    assert "ana@clinic.example" in (await tab.go(f"{START}profile")).text


async def test_cookies_of_secure_names_come_back_secure(tmp_path: Path) -> None:
    here = world(tmp_path)
    token = Token(carrier=Carrier.COOKIE, name="__Host-theme", value="x", http_only=True)
    await here.performer.sessions.log_in(LogIn(party="owner", plant=TokenSet((token,))), RUN)
    ((cookie,),) = here.driver.opened[0].planted
    assert (cookie.secure, cookie.http_only) == (True, True)


@pytest.mark.parametrize(
    "body", [b"p=p%C3%A4+%22x", b"p=p%C3%A4%20%22x", b'{"p": "p\\u00e4 \\"x"}', 'p=pä "x'.encode()]
)
def test_the_request_that_carried_the_password_is_known_in_every_encoding(body: bytes) -> None:
    assert carries(Request(method="POST", url=START, body=body), 'pä "x')
    assert not carries(Request(method="GET", url=START, body=body), 'pä "x')
    assert not carries(Request(method="POST", url=START, body=b"p=other"), 'pä "x')


async def test_a_login_that_failed_with_a_used_code_is_made_once_more_with_a_fresh_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, clock, given = world(tmp_path), [1_000_000_010.0], list[str | None]()

    async def sleep(seconds: float) -> None:
        clock[0] += seconds

    async def entering(*_: object, code: LoginCodes, **__: object) -> Entered:
        given.append(await code())
        return Entered(ok=given[-1] not in given[:-1], reason="the login form is still there", refused=True)

    monkeypatch.setattr("sessionward.audit.codes.sleep", sleep)
    monkeypatch.setattr("sessionward.audit.perform.sessions.log_in", entering)
    here.stage.scene = scene(calibrated=False)
    here.ana.code = TotpSource("JBSWY3DPEHPK3PXP", now=lambda: clock[0])
    for _ in range(3):
        assert (await here.log_in()).authenticated
    assert [given[0] == given[1], len(set(given)), len(given)] == [True, 3, 4]
