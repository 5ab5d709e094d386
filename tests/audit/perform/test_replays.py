from dataclasses import replace
from pathlib import Path

import pytest

from sessionward.audit.calibrate.file_contents import digest
from sessionward.audit.driver import UNDER_WAY
from sessionward.audit.perform.replays import LOOKS, page_of, same_call
from sessionward.audit.scene import Document, PersonalExchange
from sessionward.http import Carrier, Exchange, Request, Response, Token, TokenSet
from tests.audit.perform.fake_app import START
from tests.audit.perform.stages import PROFILE, World, world


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waiting takes no time; gives what was waited."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("sessionward.audit.perform.replays.sleep", sleep)
    return waited


async def test_the_same_request_shows_each_party_its_own(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner, stranger = await here.log_in("owner"), await here.log_in("stranger")
    assert await here.opens(owner) == "owner"
    assert await here.opens(stranger) == "stranger"
    assert (await here.performer.replayer.replay(PROFILE, TokenSet())).shows == "nobody"


async def test_a_session_in_use_is_used_as_by_a_person_before_its_data_is_asked_for(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    sent: list[Request] = []
    fetch = here.driver.fetch

    async def noting(request: Request) -> Exchange:
        sent.append(request)
        return await fetch(request)

    here.driver.fetch = noting  # type: ignore[method-assign]
    api = replace(PROFILE, kind="api", page=f"{START}home")
    assert (await here.performer.replayer.replay(api, session.tokens, used=True)).shows == "owner"
    assert (await here.performer.replayer.replay(api, session.tokens)).shows == "owner"
    click, *asked = sent
    assert [request.url for request in sent] == [f"{START}home", PROFILE.request.url, PROFILE.request.url]
    assert (click.header("sec-fetch-mode"), click.header("sec-fetch-user")) == ("navigate", "?1")
    assert click.header("cookie")
    assert all(request.header("sec-fetch-user") is None for request in asked)


async def test_what_a_browser_was_shown_counts_only_with_the_very_tokens(tmp_path: Path) -> None:
    here = world(tmp_path)
    owner, stranger = await here.log_in("owner"), await here.log_in("stranger")
    replayer, tab = here.performer.replayer, here.performer.book.tab(owner)
    assert replayer.shown(tab.recorded(), owner.tokens) == "nobody"
    await tab.go(PROFILE.request.url)
    assert replayer.shown(tab.recorded(), owner.tokens) == "owner"
    assert replayer.shown(tab.recorded(), stranger.tokens) == "nobody"


async def test_a_replay_asks_past_every_cache(tmp_path: Path) -> None:
    here = world(tmp_path)
    request = PROFILE.request.with_header("If-None-Match", '"x"').with_header("Range", "bytes=0-1")
    exchange = replace(PROFILE, request=request, cache_buster=True)
    made = (await here.performer.replayer.replay(exchange, TokenSet())).exchange.request
    assert (made.header("cache-control"), made.header("pragma")) == ("no-cache", "no-cache")
    assert made.header("if-none-match") is None
    assert made.header("range") is None
    assert made.url.startswith(f"{START}profile?_=")


async def test_personal_data_is_looked_for_text_by_text(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    texts = ("ana@clinic.example", "+49 30 1234")
    exchange = PersonalExchange(id="x", request=PROFILE.request, evidence="personal", texts=texts)
    with_tokens = await here.performer.replayer.replay_personal(exchange, session.tokens)
    without = await here.performer.replayer.replay_personal(exchange, TokenSet())
    assert (with_tokens.shows, with_tokens.found) == ("owner", ("ana@clinic.example",))
    assert (without.shows, without.found) == ("nobody", ())


async def test_an_app_that_asks_for_a_pause_gets_it_once(tmp_path: Path, no_pause: list[float]) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    no_pause.clear()
    here.app.busy = 1
    assert await here.opens(session) == "owner"
    here.app.busy = 2
    assert await here.opens(session) == "error"
    assert no_pause == [2.0, 2.0]


@pytest.mark.parametrize(
    "wish,seconds", [("3", 3.0), ("900", 15.0), ("Wed, 21 Oct", 2.0), ("²", 2.0), ("", 2.0)]
)
async def test_the_pause_is_what_the_app_asks_for_within_reason(
    tmp_path: Path, no_pause: list[float], wish: str, seconds: float
) -> None:
    here = world(tmp_path)
    here.app.busy, here.app.retry_after = 1, wish
    await here.performer.replayer.send(PROFILE.request)
    assert no_pause == [seconds]


async def test_tokens_handed_out_in_an_answer_are_redacted(tmp_path: Path) -> None:
    here = world(tmp_path)
    made = await here.performer.replayer.send(Request(method="GET", url=f"{START}login"))
    handed = made.response.header("set-cookie") if made.response else None
    assert handed is not None
    assert "c0ffee" in handed
    assert "c0ffee" not in here.stage.redactor(handed)


async def test_a_visit_is_judged_by_what_the_page_loads(tmp_path: Path) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    assert await visited(here) == "nobody"
    tab = here.performer.book.tab(session)
    answer = await here.performer.replayer.visit(tab, PROFILE, TokenSet())
    assert answer.shows == "owner"
    assert answer.exchange.request.url == f"{START}profile"


@pytest.mark.parametrize("looks, shows", [(3, "owner"), (999, "error")])
async def test_a_visit_waits_for_a_private_call_that_the_page_did_not_wait_for(
    tmp_path: Path, no_pause: list[float], looks: int, shows: str
) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    tab = here.performer.book.tab(session)
    recorded, left = tab.recorded, [looks]

    def late() -> tuple[Exchange, ...]:
        left[0] -= 1
        made = recorded()
        if left[0] < 0 or made[-1].request.url != PROFILE.request.url:
            return made
        return (*made[:-1], replace(made[-1], response=None, error=UNDER_WAY))

    tab.recorded = late  # type: ignore[method-assign]
    answer = await here.performer.replayer.visit(tab, PROFILE, TokenSet())
    assert answer.shows == shows
    assert 0 < len(no_pause) <= LOOKS


async def test_a_visit_does_not_wait_for_what_a_page_asked_for_that_was_left(
    tmp_path: Path, no_pause: list[float]
) -> None:
    here = world(tmp_path)
    session = await here.log_in()
    tab = here.performer.book.tab(session)
    recorded, first = tab.recorded, len(tab.recorded())
    asked = Exchange(request=PROFILE.request, error=UNDER_WAY, resource="fetch")
    head = replace(asked, error="", response=Response(status=200, truncated=True))

    def left() -> tuple[Exchange, ...]:
        made = recorded()
        return (*made[:first], asked, head, *made[first:]) if len(made) > first else made

    tab.recorded = left  # type: ignore[method-assign]
    answer = await here.performer.replayer.visit(tab, PROFILE, TokenSet())
    assert (answer.shows, no_pause) == ("owner", [])


async def visited(here: World) -> str:
    return (await here.performer.replayer.visit(await here.driver.open(), PROFILE, TokenSet())).shows


async def test_a_visit_takes_the_browsers_own_token_where_addresses_hold_it(tmp_path: Path) -> None:
    here, token = world(tmp_path), Token(carrier=Carrier.QUERY, name="sid", value="mine")
    known = replace(PROFILE, members=frozenset({token.key}), kind="api", page=f"{START}profile?sid=theirs")
    here.stage.scene = replace(here.stage.scene, private=(known,))
    tab = await here.driver.open()
    await here.performer.replayer.visit(tab, known, TokenSet((token,)))
    assert tab.recorded()[0].request.url == f"{START}profile?sid=mine"


async def test_a_visit_that_is_throttled_is_an_error_and_no_logout(tmp_path: Path) -> None:
    here = world(tmp_path)
    tab = here.performer.book.tab(await here.log_in())
    here.app.busy = 5
    assert (await here.performer.replayer.visit(tab, PROFILE, TokenSet())).shows == "error"


@pytest.mark.parametrize("page,visited", [(f"{START}app/me", f"{START}app/me"), ("", START)])
def test_an_api_is_visited_by_the_page_whose_script_asks_for_it(page: str, visited: str) -> None:
    request = Request(method="GET", url=f"{START}api/me")
    assert page_of(replace(PROFILE, request=request, kind="api", page=page), START) == visited


def test_without_an_exchange_the_start_page_is_visited() -> None:
    assert page_of(None, START) == START
    assert page_of(PROFILE, START) == f"{START}profile"


@pytest.mark.parametrize(
    "known,made,same",
    [
        ("profile", "profile", True),
        ("profile", "profile?_=1", True),
        ("profile?t=1", "profile?t=2", True),
        ("page?do=profile", "page?id=3", False),
        ("profile", "profiles", False),
    ],
)
def test_a_call_is_known_by_its_path_and_the_names_in_its_query(known: str, made: str, *, same: bool) -> None:
    assert (
        same_call(Request(method="GET", url=START + known), Request(method="get", url=START + made)) is same
    )


def test_another_host_or_method_is_another_call() -> None:
    known = PROFILE.request
    assert not same_call(known, replace(known, method="POST"))
    assert not same_call(known, replace(known, url="http://other.test/profile"))


async def test_a_file_is_the_owner_s_by_its_bytes_or_by_its_texts(tmp_path: Path) -> None:
    here = world(tmp_path)
    session, replayer = await here.log_in(), here.performer.replayer
    made = (await replayer.replay(PROFILE, session.tokens)).exchange
    assert made.response
    document = Document(request=PROFILE.request, digest=digest(made.response))
    assert (await replayer.download(document, session.tokens)).shows == "owner"
    assert (await replayer.download(document, TokenSet())).shows == "nobody"
    changing = Document(request=PROFILE.request, texts=("ana@clinic.example",))
    assert (await replayer.download(changing, session.tokens)).found == ("ana@clinic.example",)
    here.app.down = True
    assert (await replayer.download(document, session.tokens)).shows == "error"
