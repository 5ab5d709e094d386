"""What a live browser shows of the model of an app: its pages, its cache, its storage, a restart, the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sessionward.audit.observation import Answer, Observed, Overheard, Session, Storage
from sessionward.audit.probe import Look, Observe, Overhear, Recall, Restart
from sessionward.audit.scene import PrivateExchange
from sessionward.http import Exchange, Request, Response, TokenKey, TokenSet
from tests.audit.checks.fake_server import NOTHING, FakeServer
from tests.audit.checks.scenes import MARKERS, ORACLE, SID, START

HTML = (("Content-Type", "text/html"),)


@dataclass(slots=True, kw_only=True)
class Page:
    """A page in a browser: whom it showed, and when it was opened."""

    url: str
    party: str
    opened: float


@dataclass(slots=True, kw_only=True)
class FakePages(FakeServer):
    """The browsers' side. The switches stand for a sound app unless set; times are in seconds.

    ``back_shows``: Back brings a private page again. ``cache_keeps``: the browser's cache does, and gives it out after
    a logout unless it ``cache_varies`` by cookies. ``left``: what is stored after a logout. ``page_ends_after``: the
    page hides the account by a timer. ``polls``: an open page asks by itself; ``polls_count``: and that counts as use.
    ``restart_keeps``: what a restart leaves. ``in_the_clear``: what goes along over plain http. ``without_logout``:
    paths of pages without a way out, ``blank`` of such that show nothing of the account. ``address``: of pages, and
    ``body`` of answers, with {} for the token; ``headers`` of theirs. ``names_owner``: the start page names the account
    without a login.
    """

    browsers: dict[int, TokenSet] = field(default_factory=dict)
    pages: dict[int, list[Page]] = field(default_factory=dict)
    asked: dict[int, list[Exchange]] = field(default_factory=dict)
    back_shows: bool = False
    cache_keeps: bool = False
    cache_varies: bool = False
    left: tuple[tuple[str, str, str], ...] = ()
    left_readable: frozenset[TokenKey] = NOTHING
    page_ends_after: float | None = None
    polls: bool = False
    polls_count: bool = False
    restart_keeps: frozenset[TokenKey] = NOTHING
    in_the_clear: frozenset[TokenKey] = NOTHING
    without_logout: frozenset[str] = NOTHING
    blank: frozenset[str] = NOTHING
    address: str = ""
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    names_owner: bool = False
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MARKERS)

    def look_at(self, probe: Any) -> Any:
        """What the engine would give back for a probe of the live browser."""
        match probe:
            case Observe():
                return self._observe(probe)
            case Recall():
                kept = self.cache_keeps and not (self.cache_varies and not self.browsers[probe.session.id])
                text = MARKERS["owner"][0] if kept else ""
                response = Response(status=200, body=text.encode()) if text else None
                made = Exchange(request=probe.exchange.request, response=response)
                return Answer(exchange=made, shows="owner" if text else "nobody")
            case Restart():
                held = self.browsers[probe.session.id].only(self.restart_keeps)
                return Session(id=self.browser(held), party=probe.session.party, tokens=held)
            case Overhear():
                return Overheard(tokens=self.in_the_clear)
            case Look():
                return Storage(
                    items=self.left,
                    readable_cookies=self.readable_cookies,
                    readable_storage=self.readable_storage | self.left_readable,
                )
            case _:
                raise AssertionError(f"no such probe: {probe}")

    def browser(self, tokens: TokenSet) -> int:
        """A new browser that holds these."""
        number = len(self.browsers) + 1
        self.browsers[number] = tokens
        return number

    def wait(self, seconds: float) -> None:
        """Time passes; open pages poll every few seconds."""
        step = min(5.0, seconds)
        until = self.now + seconds
        while self.now < until:
            self.now = min(until, self.now + step)
            for number, held in self.browsers.items():
                if self.polls and self.pages.get(number) and self.pages[number][-1].party:
                    self._ask(number, f"{START}api/unread", "")
                    for live in self.lives_of(held) if self.polls_count else ():
                        live.touched = self.now

    def _observe(self, probe: Observe) -> Observed:
        number = probe.session.id
        past = self.pages.setdefault(number, [])
        if probe.back:
            if len(past) < 2:
                return Observed(url="", there=False)
            past.pop()
            page = past[-1]
            party = page.party if self.back_shows else ""
            return self._seen(number, page.url, party, probe)
        if probe.exchange is not None or probe.url:
            self._open(number, probe.exchange, probe.url)
        page = past[-1]
        ended = self.page_ends_after is not None and self.now - page.opened >= self.page_ends_after
        return self._seen(number, page.url, "" if ended else page.party, probe)

    def _open(self, number: int, exchange: PrivateExchange | None, url: str) -> None:
        held, known = self.browsers[number], exchange or ORACLE
        party = self.who(ORACLE, held)
        request = (
            known.request
            if exchange is not None and known.kind == "page"
            else Request(method="GET", url=url or START)
        )
        token = held.get(SID)
        address = self.address.format(token.value) if token and self.address else request.url
        self._ask(number, address, self.body.format(token.value) if token else "", navigation=True)
        self.pages[number].append(Page(url=address, party=party, opened=self.now))

    def _ask(self, number: int, url: str, body: str, *, navigation: bool = False) -> None:
        made = Exchange(
            request=Request(method="GET", url=url),
            response=Response(status=200, headers=(*HTML, *self.headers), body=body.encode()),
            navigation=navigation,
            started=self.now,
        )
        self.asked.setdefault(number, []).append(made)

    def _seen(self, number: int, url: str, party: str, probe: Observe) -> Observed:
        found = self.texts[party] if party else self.texts["owner"] if self.names_owner else ()
        without = urlsplit(url).path in self.without_logout
        return Observed(
            url=url,
            found=() if urlsplit(url).path in self.blank else found,
            asks_login=not party,
            logout=("nowhere" if without else "in sight") if probe.logout else "",
            exchanges=tuple(self.asked.get(number, ())),
            tokens=self.browsers[number],
            seen=self.now,
        )
