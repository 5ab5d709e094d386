"""Requests that change a field of an account: learnt as the app's pages send them, sent otherwise, put back."""

from __future__ import annotations

import asyncio
import random
import string
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.flows import ProfileFlow
from sessionward.audit.explore.handles import follow, resolve, wait_for
from sessionward.audit.explore.profile import plant
from sessionward.audit.explore.saving import save
from sessionward.audit.journal import Change
from sessionward.audit.observation import Altered, Held, Lured, Session
from sessionward.audit.perform.book import Book
from sessionward.audit.perform.framed import framed_document, led_to, otherwise, why_not_drawn, why_not_own
from sessionward.audit.perform.own_pages import in_session
from sessionward.audit.perform.planting import Planting, stands_there
from sessionward.audit.perform.sent_requests import as_sent, cookies_set, holds, saving_request, with_text
from sessionward.audit.perform.sessions import Sessions
from sessionward.audit.perform.stage import Stage
from sessionward.audit.probe import Alter, HoldBack, LogIn, Lure, foreign_origin
from sessionward.audit.scene import Action
from sessionward.http import Carrier, Exchange, Request, TokenSet
from sessionward.http.carry import bare, carry, cookie_tokens, token_headers

OWN = ""
"""The run to which sessions of the audit itself belong."""
MOST_WATCHES = 4
ADDED = 4
"""So many characters are put behind what stands in the field: what other checks look for still stands there."""
DRAWN = 1.0
"""Seconds within which a click into another origin's frame shows, and after which such a frame takes the next one."""
LOOKS = 5
"""So often, each time after so long, a field is looked at that a script of the account's own page is to fill in."""
WHOLE = 14
PREFIX = "sw"
ALPHABET = string.ascii_lowercase + string.digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An action with the way through the page that makes it. ``stands`` is what the field holds between experiments.

    ``typed`` is what it was learnt with, ``led`` the path to which the app led on then. ``watches`` are requests whose
    answers showed it, those that are known to show ``stands`` to whoever holds the cookies alone move to ``watch``.
    """

    action: Action
    flow: ProfileFlow
    stands: str = field(repr=False)
    typed: str = field(repr=False)
    raw: Request = field(repr=False)
    led: str = ""
    room: int = -1
    watches: tuple[Request, ...] = ()
    watch: Request | None = None


class Alterations:
    """One at a time: two that change the same field would take each other's text for their own."""

    def __init__(self, stage: Stage, book: Book, sessions: Sessions, planting: Planting) -> None:
        self._stage, self._book, self._sessions, self._planting = stage, book, sessions, planting
        self._lock = asyncio.Lock()
        self._random = random.Random(stage.scene.seed)
        self._held: dict[tuple[str, int], Held] = {}
        self.known: dict[str, Known] = {}

    def learn(
        self, flow: ProfileFlow, screen: Screen, made: Sequence[Exchange], text: str, *, stands: str
    ) -> str:
        """Take over the request that saved ``text``. Gives why there is none, or an empty text."""
        request = saving_request([exchange.request for exchange in made], text)
        if request is None:
            return "what was written was saved by no request that holds it in the open"
        element = resolve(screen, flow.field)
        action = Action(
            id=f"{request.method} {request.path}",
            request=bare(request, self._stage.queries),
            page=flow.url,
            field=flow.field.name or flow.field.field or flow.kind,
        )
        room = element.maxlength if element else -1
        watches = [one.request for one in made if one.request.safe and text in one.text]
        self.known[action.id] = Known(
            action=action,
            flow=flow,
            stands=stands,
            typed=text,
            raw=request,
            led=next((led_to(one) for one in made if one.request is request), ""),
            room=room,
            watches=tuple(one for one in reversed(watches) if not holds(one, text))[:MOST_WATCHES],
        )
        return ""

    async def find_watch(self, action: Action, tokens: TokenSet) -> None:
        """Find a request that shows what stands in the field to these tokens, beside the browser: it costs little.

        Only where that is a text that stands nowhere else.
        """
        known = self.known[action.id]
        for request in known.watches if known.stands.startswith(PREFIX) else ():
            if known.stands in (await self._stage.driver.fetch(carry(request, tokens))).text:
                self.known[action.id] = replace(known, watch=request)
                return

    async def hold_back(self, probe: HoldBack) -> Held:
        """What the session's own page would send. Raises DriverError.

        A session whose browser is closed sends the same until something that it would send was taken.
        """
        key = (probe.action.id, probe.session.id)
        if key not in self._held:
            held = await self._hold_back(probe)
            if held.request is None or self._book.entry(probe.session).tab is not None:
                return held
            self._held[key] = held
        return self._held[key]

    async def _hold_back(self, probe: HoldBack) -> Held:
        known, session = self.known[probe.action.id], probe.session
        person = self._stage.people[session.party]
        text = self._fresh(known)
        async with self._lock, self._aside(session) as tab:
            flow = in_session(known.flow, session.tokens)
            async with tab.hold(text) as kept:
                said = await plant(tab, flow, text, password=person.password)
            request = saving_request(kept, text, like=known.raw)
            if request is None:
                return Held(reason=said or "saving sent nothing with what was typed")
            tokens = TokenSet(tuple(token_headers(request)))
            self._stage.redactor.add_all(token.value for token in tokens)
            return Held(request=as_sent(request, flow.url, tab.recorded()), text=text)

    @asynccontextmanager
    async def _aside(self, session: Session) -> AsyncIterator[Tab]:
        """A browser of that session in which to type: one of its own where cookies alone make it.

        A page may keep a draft of what was typed, and that must not stand where is looked what was saved.
        """
        entry, members = self._book.entry(session), self._stage.scene.members
        if entry.tab is not None and any(key.carrier is not Carrier.COOKIE for key in members):
            yield entry.tab
            return
        if entry.tab is not None:
            await self._sessions.refresh(session)
        tab = await self._sessions.twin(entry)
        try:
            yield tab
        finally:
            await tab.close()

    async def alter(self, probe: Alter) -> Altered:
        """Send it, look, put back. Raises DriverError, JournalError."""
        known, session = self.known[probe.action.id], probe.session
        async with self._lock:
            tab = await self._live(session)
            flow = in_session(known.flow, session.tokens)
            text = self._fresh(known)[: len(probe.held.text)]
            request = with_text(probe.request, probe.held.text, text)
            change = self._planting.begin(session.party, flow, known.stands, text)
            try:
                sent = await self._send(probe, tab, request)
            except BaseException:
                await self._looked(probe, known, (tab, flow), change, unsure=True)
                raise
            now, viewer, problem = await self._looked(probe, known, (tab, flow), change)
        if problem:
            return Altered(changed=now == text, seen=False, reason=f"it could not be put back: {problem}")
        return replace(sent, changed=now == text, seen=now in {text, known.stands}, ended=viewer is not tab)

    async def _looked(
        self, probe: Alter, known: Known, at: tuple[Tab, ProfileFlow], change: Change, *, unsure: bool = False
    ) -> tuple[str | None, Tab, str]:
        """What stands there now, seen in which browser, and why it could not be put back.

        Where a request beside the browser shows what stood there before, that is all; else the page is looked at.
        """
        session, (tab, flow) = probe.session, at
        if not unsure and await self._as_before(known, session, change.undo["now"]):
            self._planting.settled(session.party, change)
            return known.stands, tab, ""
        now, viewer = await self._standing(session, tab, flow)
        if now == known.stands:
            self._planting.settled(session.party, change)
            return now, viewer, ""
        self._held.clear()
        if viewer is tab and known.watch and probe.held.request is not None:
            former = with_text(probe.held.request, probe.held.text, known.stands)
            await self._send_own(session, viewer, former)
            if await self._as_before(known, session, change.undo["now"]):
                self._planting.settled(session.party, change)
                return now, viewer, ""
        return now, viewer, await self._planting.end(session.party, change, viewer, session.tokens)

    async def _as_before(self, known: Known, session: Session, text: str) -> bool:
        """Whether the watched answer shows what stood there before, and nothing of the text."""
        if known.watch is None:
            return False
        tokens = (await self._sessions.refresh(session)).tokens
        shown = (await self._stage.driver.fetch(carry(known.watch, tokens))).text
        return known.stands in shown and text not in shown

    async def _live(self, session: Session) -> Tab:
        entry = self._book.entry(session)
        return entry.tab or await self._sessions.reopen(entry)

    async def _send(self, probe: Alter, tab: Tab, request: Request) -> Altered:
        if probe.how == "own":
            made = await self._send_own(probe.session, tab, request)
            return Altered(
                changed=False, status=made.status, sent=made.response is not None, reason=made.error
            )
        sent = await tab.forge(bare(request, self._stage.queries), probe.how)
        return Altered(
            changed=False, sent=sent.sent, status=sent.status, cookies=sent.cookies, reason=sent.reason
        )

    async def _send_own(self, session: Session, tab: Tab, request: Request) -> Exchange:
        """Send it beside the browser, which then holds the cookies that it would have been given.

        Apps that renew the session when something is saved would else leave it with one that is over.
        """
        tokens = (await self._sessions.refresh(session)).tokens
        cookies = tuple(token for token in tokens if token.carrier is Carrier.COOKIE)
        made = await self._stage.driver.fetch(carry(request, TokenSet((*cookies, *token_headers(request)))))
        given = cookies_set(made)
        self._stage.redactor.add_all(cookie.value for cookie in given)
        if given:
            await tab.plant(given)
        return made

    async def _standing(self, session: Session, tab: Tab, flow: ProfileFlow) -> tuple[str | None, Tab]:
        """What the field holds now, and a browser that can see it: a forged request may have ended the session."""
        try:
            now = await stands_there(tab, flow)
        except DriverError:
            now = None
        if now is not None:
            return now, tab
        again = await self._sessions.log_in(LogIn(party=session.party, keep=True), OWN)
        other = self._book.tab(again)
        return await stands_there(other, flow), other

    async def lure(self, probe: Lure) -> Lured:
        """Show the form in a frame of another origin and click on its button. Raises DriverError."""
        known, session = self.known[probe.action.id], probe.session
        flow, tab = in_session(known.flow, session.tokens), self._book.tab(session)
        origin, mark = foreign_origin(self._stage.scene.start, "other"), len(tab.recorded())
        async with self._lock:
            screen = await tab.lure(flow.url, origin)
            framed = framed_document(tab.recorded()[mark:], flow.url)
            cookies = tuple(sorted(one.name for one in cookie_tokens(framed.request))) if framed else ()
            if not screen.url.startswith(origin):
                return Lured(rendered=False, cookies=cookies, reason="the page broke out of the frame")
            opened = await follow(tab, screen, flow.path)
            element = None
            if opened is not None:
                looks = LOOKS if self._is_logged_in(cookies) else 1
                screen, element = await _filled(tab, opened, flow, known.stands, looks)
            if element is None or not element.visible or not element.frame:
                return Lured(rendered=False, cookies=cookies, reason=why_not_drawn(framed, cookies))
            if element.value != known.stands or not (known.stands or self._is_logged_in(cookies)):
                return Lured(rendered=False, cookies=cookies, reason=why_not_own(cookies))
            sent = await _pressed(tab, screen, flow, urlsplit(known.raw.url).path)
        if not sent:
            return Lured(rendered=True, cookies=cookies)
        status, unlike = sent[-1].status, otherwise(known.led, sent[-1])
        return Lured(rendered=True, sent=True, status=status, otherwise=unlike, cookies=cookies)

    def _is_logged_in(self, cookies: Sequence[str]) -> bool:
        """Whether cookies of these names may carry the login: an empty field is the same in everybody's form."""
        members = {key.name for key in self._stage.scene.members if key.carrier is Carrier.COOKIE}
        return bool(members.intersection(cookies) if members else cookies)

    def _fresh(self, known: Known) -> str:
        """A text that was never written, behind what stands there, so that others still find theirs."""
        base = known.stands if known.stands.startswith(PREFIX) else ""
        room = known.room if known.room >= 0 else WHOLE * 2
        length = ADDED if base and len(base) + ADDED <= room else WHOLE - len(PREFIX)
        made = "".join(self._random.choices(ALPHABET, k=length))
        return f"{base}{made}" if length == ADDED else f"{PREFIX}{made}"


async def _filled(
    tab: Tab, screen: Screen, flow: ProfileFlow, text: str, looks: int
) -> tuple[Screen, Element | None]:
    """The field, once it holds the text or has had time to: a script may fill it in after it was drawn."""
    screen, element = await wait_for(tab, screen, flow.field)
    for _ in range(looks):
        if element is None or element.value == text:
            break
        await asyncio.sleep(DRAWN)
        screen, element = await wait_for(tab, await tab.look(), flow.field)
    return screen, element


async def _pressed(tab: Tab, screen: Screen, flow: ProfileFlow, path: str) -> list[Exchange]:
    """Press the button that saves, twice if need be, and see what was sent to change something there.

    A click into another origin's frame takes its way through a second process, so that its request may be late; and
    browsers drop such clicks where the frame has only just been drawn or moved.
    """
    mark = len(tab.recorded())

    def sent() -> list[Exchange]:
        return [one for one in tab.recorded()[mark:] if one.request.path == path and not one.request.safe]

    for again in (False, True):
        await save(tab, await tab.look() if again else screen, flow.submit, flow.field)
        if not sent():
            await asyncio.sleep(DRAWN)
        if sent():
            break
    return sent()
