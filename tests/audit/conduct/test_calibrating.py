from dataclasses import replace
from pathlib import Path

import pytest

from sessionward.audit.calibrate import Calibration
from sessionward.audit.conduct import calibrating
from sessionward.audit.conduct.calibrating import addresses_to_avoid, calibrated_scene, learn_cap, reopenable
from sessionward.audit.conduct.entering import CannotEnter, Entrance, enter
from sessionward.audit.conduct.surveying import survey
from sessionward.audit.driver import DriverError, Element, Screen, TargetUnreachable
from sessionward.audit.events import Event, StageStarted
from sessionward.audit.explore.explorer import Exploration, Limits
from sessionward.audit.explore.flows import Handle, LogoutFlow
from sessionward.audit.explore.screens import Node
from sessionward.audit.perform.performer import OWN
from sessionward.audit.probe import Resident
from sessionward.audit.scene import LogoutFacts
from sessionward.http import Exchange, Request, Response
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.stages import PROFILE, SID, World, world


async def calibrated(here: World, events: list[Event] | None = None) -> Calibration:
    def silent(event: Event) -> None:
        del event

    entrance: Entrance = await enter(here.performer, START, here.stage.journal.path.parent, silent)
    found = await survey(here.performer, entrance.owner, Limits(seconds=5), silent, 0)
    return await calibrated_scene(
        here.performer, entrance, found, events.append if events is not None else silent
    )


async def test_the_scene_tells_owner_from_stranger(tmp_path: Path) -> None:
    here, events = world(tmp_path, calibrated=False), list[Event]()
    found = await calibrated(here, events)
    scene = here.stage.scene
    assert (found.calibrated, scene.calibrated, scene.reason) == (True, True, "")
    assert scene.members == {SID}
    assert {party: known.account for party, known in scene.parties.items()} == {
        "owner": "ana",
        "stranger": "ben",
    }
    assert scene.logout is not None
    assert scene.password_change is not None
    assert events == [StageStarted(stage="calibrating")]


async def test_browsers_that_entered_rest_and_their_sessions_stay_resident(tmp_path: Path) -> None:
    here = world(tmp_path, calibrated=False)
    await calibrated(here)
    assert here.driver.living == []
    logins = here.app.asked.count("POST /login")
    for party in ("owner", "stranger"):
        assert (await here.performer.perform(Resident(party=party), "x")).authenticated
    assert here.app.asked.count("POST /login") == logins == 4


async def test_an_app_that_shows_everybody_the_same_is_not_calibrated(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(same=True), calibrated=False)
    found = await calibrated(here)
    assert not found.calibrated
    assert here.stage.scene.reason
    assert await here.performer.leave() == ()
    assert here.app.sessions == {}


async def test_an_app_with_one_session_an_account_is_explored_before_it_ends(tmp_path: Path) -> None:
    here = world(tmp_path, FakeApp(cap=1), calibrated=False)
    found = await calibrated(here)
    assert f"{START}profile" in here.performer.stage.scene.oracle.request.url or found.calibrated
    assert here.stage.logout is not None


async def test_a_stranger_whose_session_idled_out_while_the_owner_explored_is_let_in_anew(
    tmp_path: Path,
) -> None:
    here = world(tmp_path, calibrated=False)

    def idle_out() -> None:
        here.app.sessions = {token: name for token, name in here.app.sessions.items() if name == "ana"}
        here.app.after.clear()

    here.app.after["GET /password"] = idle_out
    found = await calibrated(here)
    assert not here.app.after
    assert found.calibrated
    assert here.app.alive("ben") == 1


async def test_a_second_login_that_is_refused_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sessionward.audit.perform.sessions.PAUSES", 0)
    here = world(tmp_path, calibrated=False)
    here.app.after["GET /password"] = lambda: setattr(here.app, "tries", 0)
    with pytest.raises(CannotEnter, match="second time"):
        await calibrated(here)


async def test_tokens_in_addresses_are_collected_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def found(*_: object, **__: object) -> Calibration:
        return Calibration(queries=("sid",), reason="nothing was tried")

    monkeypatch.setattr(calibrating, "calibrate", found)
    here = world(tmp_path, calibrated=False)
    await calibrated(here)
    assert here.stage.queries == {"sid"}


async def at_cap(tmp_path: Path, app: FakeApp) -> int | None:
    here = world(tmp_path, app)
    await here.log_in(run=OWN)
    await here.log_in(run=OWN)
    cap = (await learn_cap(here.performer)).session_cap
    assert here.app.alive("ana") <= 2  # what was opened to learn it is logged out
    assert len(here.driver.living) == 2
    return cap


@pytest.mark.parametrize("cap", [None, 1, 2, 5])
async def test_a_cap_shows_in_the_sessions_that_died(tmp_path: Path, cap: int | None) -> None:
    assert await at_cap(tmp_path, FakeApp(cap=cap)) == cap


@pytest.mark.parametrize("logout,ends_all", [("ends", False), ("ends all", True)])
async def test_a_logout_that_ends_the_other_sessions_is_noticed(
    tmp_path: Path, logout: str, *, ends_all: bool
) -> None:
    here = world(tmp_path, FakeApp(logout=logout))
    here.stage.scene = replace(here.stage.scene, logout=LogoutFacts(found_on="", control="Log out"))
    await here.log_in(run=OWN)
    scene = await learn_cap(here.performer)
    assert scene.logout is not None
    assert scene.logout.ends_all is ends_all
    assert scene.session_cap is None


@pytest.mark.parametrize("logout,frees", [("ends", True), ("forgets", False)])
async def test_a_logout_that_leaves_its_session_alive_on_the_server_is_noticed(
    tmp_path: Path, logout: str, *, frees: bool
) -> None:
    here = world(tmp_path, FakeApp(logout=logout, cap=5))
    here.stage.scene = replace(here.stage.scene, logout=LogoutFacts(found_on="", control="Log out"))
    await here.log_in(run=OWN)
    scene = await learn_cap(here.performer)
    assert scene.logout is not None
    assert (scene.logout.frees, scene.logout.ends_all, scene.session_cap) == (frees, False, 5)


async def test_a_session_that_was_dead_before_is_no_cap(tmp_path: Path) -> None:
    here = world(tmp_path)
    await here.log_in(run=OWN)
    here.app.sessions.clear()
    await here.log_in(run=OWN)
    assert (await learn_cap(here.performer)).session_cap is None


async def test_more_sessions_than_any_check_needs_are_no_cap(tmp_path: Path) -> None:
    assert await at_cap(tmp_path, FakeApp(cap=6)) is None


async def test_a_refused_login_is_a_cap(tmp_path: Path) -> None:
    assert await at_cap(tmp_path, FakeApp(most_logins=4)) == 4


async def test_a_browser_that_fails_shows_no_cap(tmp_path: Path) -> None:
    here = world(tmp_path)
    await here.log_in(run=OWN)
    here.driver.faults["go"] = [DriverError("the page crashed")]
    assert (await learn_cap(here.performer)).session_cap is None


async def test_an_app_that_is_gone_ends_it(tmp_path: Path) -> None:
    here = world(tmp_path)
    await here.log_in(run=OWN)
    here.app.down = True
    with pytest.raises(TargetUnreachable):
        await learn_cap(here.performer)


async def test_a_throttle_shows_no_cap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = world(tmp_path)
    await here.log_in(run=OWN)
    logins = here.driver.fetch

    async def throttled(request: Request) -> Exchange:
        made = await logins(request)
        opened = here.app.alive("ana") == calibrating.TOGETHER
        return replace(made, response=Response(status=503)) if opened else made

    monkeypatch.setattr(here.driver, "fetch", throttled)
    assert (await learn_cap(here.performer)).session_cap is None


@pytest.mark.parametrize(
    "href,avoided",
    [
        ("http://app.test/logout", ("/logout",)),
        ("http://app.test/app/?do=logout", ("http://app.test/app/?do=logout",)),
        ("http://app.test/app/#/signout", ()),
        ("http://app.test/app/#", ()),
        ("", ()),
    ],
)
def test_a_logout_by_a_script_of_the_page_leaves_its_addresses_open(
    href: str, avoided: tuple[str, ...]
) -> None:
    control = Handle(tag="a", name="Log out", href=href)
    assert addresses_to_avoid(LogoutFlow(url="http://app.test/app/#/home", control=control)) == avoided


async def test_a_login_that_is_one_too_many_shows_no_cap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(tmp_path)
    await here.log_in(run=OWN)
    here.app.crowded, here.app.retry_after = 99, "900"
    assert (await learn_cap(here.performer)).session_cap is None


def call(url: str, *, referer: str = "", navigation: bool = False, status: int = 200) -> Exchange:
    headers = (("Referer", referer),) if referer else ()
    request = Request(method="GET", url=START + url, headers=headers)
    return Exchange(request=request, response=Response(status=status), navigation=navigation)


async def test_the_page_of_a_call_is_the_last_one_opened_before_it() -> None:
    private = replace(PROFILE, kind="api", request=Request(method="GET", url=f"{START}api/me"))
    recorded = (
        call("", navigation=True),
        call("old", navigation=True, status=302),
        call("app", navigation=True),
    )
    page_of = calibrating._with_page  # noqa: SLF001
    assert page_of(private, (*recorded, call("api/me"))).page == f"{START}app"
    assert page_of(private, (*recorded, call("api/me", referer=f"{START}app/x"))).page == f"{START}app/x"
    assert page_of(private, recorded).page == ""
    routed = replace(call("api/me", referer=START), page=f"{START}#/records")
    assert page_of(private, (*recorded, routed)).page == f"{START}#/records"


def test_the_page_to_log_in_on_is_no_page_of_a_call_where_another_makes_it_as_well() -> None:
    private = replace(PROFILE, kind="api", request=Request(method="GET", url=f"{START}api/me"))
    first, later = (
        replace(call("api/me"), page=f"{START}{page}") for page in ("login?continue=1", "records/home")
    )
    page_of = calibrating._with_page  # noqa: SLF001
    recorded = (call("login", navigation=True), first)
    assert page_of(private, (*recorded, later), f"{START}login").page == f"{START}records/home"
    assert page_of(private, recorded, f"{START}login").page == f"{START}login?continue=1"
    routed = replace(first, page=f"{START}#/signin"), replace(first, page=f"{START}#/home")
    assert page_of(private, (call("", navigation=True), *routed), f"{START}#/signin").page == f"{START}#/home"


def test_a_header_is_sent_from_a_page_apart_from_that_to_log_in_on() -> None:
    headers = (("Authorization", "Bearer abcdefgh12345678"),)
    request = Request(method="GET", url=f"{START}api/me", headers=headers)
    made = Exchange(request=request, response=Response(status=200))
    recorded = (
        call("login", navigation=True),
        replace(made, page=f"{START}login"),
        replace(made, page=f"{START}home"),
    )
    found = calibrating._sent_from(recorded, f"{START}login")  # noqa: SLF001
    assert set(found.values()) == {f"{START}home"}


def test_of_the_pages_of_a_call_one_is_taken_that_shows_the_account() -> None:
    request = Request(method="GET", url=f"{START}api/me")
    private = replace(PROFILE, kind="api", request=request, markers={"owner": ('"Ana Maria"',)})
    made = tuple(replace(call("api/me"), page=f"{START}#/{page}") for page in ("signin", "home", "profile"))
    recorded = (call("", navigation=True), *made)
    screens = [
        Screen(url=f"{START}#/{page}", title="", text=text)
        for page, text in (("home", "Welcome"), ("profile", "You are Ana Maria"))
    ]
    page_of = calibrating._with_page  # noqa: SLF001
    assert page_of(private, recorded, f"{START}#/signin", screens).page == f"{START}#/profile"
    assert page_of(private, recorded, f"{START}#/signin", screens[:1]).page == f"{START}#/home"


def test_a_page_of_the_same_document_will_do_and_what_stands_in_a_field_is_shown() -> None:
    request = Request(method="GET", url=f"{START}api/me")
    private = replace(PROFILE, kind="api", request=request, markers={"owner": ("ana@clinic.example",)})
    recorded = (call("", navigation=True), replace(call("api/me"), page=f"{START}#/home"))
    field = Element(ref="1", tag="input", type="text", value="ana@clinic.example")
    profile = Screen(url=f"{START}#/profile", title="", text="Your profile", elements=(field,))
    elsewhere = replace(profile, url=f"{START}profile")
    page_of = calibrating._with_page  # noqa: SLF001
    assert page_of(private, recorded, f"{START}#/signin", [elsewhere, profile]).page == f"{START}#/profile"
    assert page_of(private, recorded, f"{START}#/signin", [elsewhere]).page == f"{START}#/home"


def test_a_screen_that_was_clicked_open_is_not_brought_back_by_its_address() -> None:
    plain, menu = (Screen(url=START, title="", text=text) for text in ("Home", "Home Ana"))
    nodes = tuple(
        Node(key=screen.text, address=START, screen=screen, path=path)
        for screen, path in ((plain, ()), (menu, (Handle(tag="button", name="Ana"),)))
    )
    assert reopenable(Exploration(screens=(plain, menu), nodes=nodes)) == (plain,)
