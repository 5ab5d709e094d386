from pathlib import Path

from sessionward.audit.conduct.gathering import fetched_documents, pages_with, planted_canary
from sessionward.audit.driver import DriverError, Screen
from sessionward.audit.explore.flows import Handle, ProfileFlow
from sessionward.audit.observation import Session
from sessionward.http import Exchange, Request, Response
from tests.audit.perform.fake_app import START, FakeApp
from tests.audit.perform.stages import World, world

WAS = "1 Long Road"


def exchange(path: str, text: str, *, navigation: bool = True, method: str = "GET") -> Exchange:
    return Exchange(
        request=Request(method=method, url=f"{START}{path}"),
        response=Response(status=200, headers=(("content-type", "text/html"),), body=text.encode()),
        navigation=navigation,
    )


def flow(before: str = WAS) -> ProfileFlow:
    return ProfileFlow(
        url=f"{START}address", field=Handle(tag="input"), kind="address", private=True, before=before
    )


async def ready(path: Path, app: FakeApp | None = None) -> tuple[World, Session, tuple[Screen, ...]]:
    here = world(path, app or FakeApp(addresses={"ana": WAS}))
    owner = await here.log_in()
    return here, owner, (await here.performer.book.tab(owner).go(f"{START}address"),)


async def test_a_canary_is_planted_in_a_private_field_and_seen_again_where_that_field_is_shown(
    tmp_path: Path,
) -> None:
    here, owner, screens = await ready(tmp_path)
    canary = await planted_canary(here.performer, owner, screens, 3)
    assert here.app.addresses == {"ana": canary}
    assert len(canary) > 8
    shown = [one for one in here.performer.book.tab(owner).recorded() if canary in one.text]
    assert shown[-1].request.url == f"{START}address"


async def test_the_same_seed_plants_the_same_canary(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    planted = set()
    for path in (tmp_path, tmp_path / "b"):
        here, owner, screens = await ready(path)
        planted.add(await planted_canary(here.performer, owner, screens, 3))
    assert len(planted) == 1


async def test_without_a_form_for_private_data_nothing_is_planted(tmp_path: Path) -> None:
    here, owner, screens = await ready(tmp_path, FakeApp())
    assert await planted_canary(here.performer, owner, screens, 3) == ""
    assert not [line for line in here.app.asked if line == "POST /address"]


async def test_a_form_that_refuses_the_canary_gives_none(tmp_path: Path) -> None:
    here, owner, screens = await ready(tmp_path, FakeApp(addresses={"ana": WAS}, saves="refuses"))
    assert await planted_canary(here.performer, owner, screens, 3) == ""
    assert here.app.addresses == {"ana": WAS}


async def test_a_browser_that_fails_gives_none_and_ends_nothing(tmp_path: Path) -> None:
    here, owner, screens = await ready(tmp_path)
    here.driver.faults["go"] = [DriverError("the page crashed")]
    assert await planted_canary(here.performer, owner, screens, 3) == ""
    assert here.app.addresses == {"ana": WAS}


def test_the_pages_with_the_field_are_those_that_show_its_text_themselves_or_by_their_calls() -> None:
    recorded = (
        exchange("home", "Welcome"),
        exchange("card", f"<p>{WAS}</p>"),
        exchange("app", "<div id=root>"),
        exchange("api/me", f'{{"address":"{WAS}"}}', navigation=False),
        exchange("address", WAS, method="POST"),
    )
    assert pages_with(flow(), recorded) == (f"{START}card", f"{START}app")


def test_an_empty_field_is_shown_nowhere() -> None:
    assert pages_with(flow(before=""), (exchange("home", "Welcome"),)) == ()


async def test_documents_are_fetched_as_the_owner_except_those_to_be_left_alone(tmp_path: Path) -> None:
    here, owner, _ = await ready(tmp_path)
    addresses = (f"{START}profile?letter.pdf", f"{START}delete-account")
    (document,) = await fetched_documents(here.performer, owner, addresses, ("/delete-account",))
    assert "ana@clinic.example" in document.text
    assert "GET /delete-account" not in here.app.asked


async def test_no_more_than_so_many_documents_are_fetched(tmp_path: Path) -> None:
    here, owner, _ = await ready(tmp_path)
    addresses = tuple(f"{START}letter-{number}.pdf" for number in range(40))
    assert len(await fetched_documents(here.performer, owner, addresses, ())) == 12
