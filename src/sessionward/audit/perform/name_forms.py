"""Names sent through the app's forms for logging in and for a forgotten password: recorded once, then made again.

A browser fills each form once, with a name that nobody has, so that the request is the app's own; then the request
is made again with other names, each time with the cookies and form tokens of a page opened afresh.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin

from sessionward.audit.driver import DriverError, Element, Screen, Tab
from sessionward.audit.explore.banners import clear
from sessionward.audit.explore.entrance import submit_button
from sessionward.audit.explore.entry import log_in
from sessionward.audit.explore.flows import Credentials
from sessionward.audit.explore.forms import personal_kind
from sessionward.audit.explore.groups import groups, is_link, label, same_origin, usable
from sessionward.audit.explore.patience import drawn
from sessionward.audit.explore.words.access import FORGOT
from sessionward.audit.explore.words.fields import USERNAME
from sessionward.audit.observation import Reaction, Reactions
from sessionward.audit.perform.name_answers import (
    at_once,
    carries,
    jar,
    reaction,
    refilled,
    tokens_in,
    with_cookies,
)
from sessionward.audit.perform.own_tries import OwnTries
from sessionward.audit.perform.replays import Replayer
from sessionward.audit.perform.stage import Stage
from sessionward.audit.probe import TryNames
from sessionward.http import Exchange, Request

WRONG = "Wr0ng!pass-of-nobody"
MOST_HOPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A form as a browser sent it: the page it stood on, as it was then, the request, and the answer to it.

    ``by_browser``: made again without one, it is answered otherwise, so that a browser has to send each name.
    """

    name: str
    page: Exchange
    sent: Exchange = field(repr=False)
    said: Reaction
    by_browser: bool = False


class NameForms:
    """Sends names through the forms, and keeps what a browser sent first."""

    def __init__(self, stage: Stage, replayer: Replayer, own_tries: OwnTries) -> None:
        self._stage, self._replayer, self._own_tries = stage, replayer, own_tries
        self._recorded: dict[str, Recorded | str] = {}

    async def try_names(self, probe: TryNames) -> Reactions:
        """Send the names in their order. Raises DriverError."""
        if probe.form not in self._recorded:
            self._recorded[probe.form] = await self._record(probe)
        known = self._recorded[probe.form]
        if isinstance(known, str):
            return Reactions(reason=known)
        made: list[Reaction] = []
        for name in probe.names:
            person = self._stage.people.get(name)
            made.append(await self._send(probe, known, person.username if person else name))
            if person and probe.form == "login":
                self._own_tries.refused(person.name)
            if made[-1].held_off:
                break
        return Reactions(made=tuple(made), url=known.page.request.url)

    async def _record(self, probe: TryNames) -> Recorded | str:
        """The form sent by a browser with a name that nobody has, or why that could not be done."""
        unknown = next((each for each in probe.names if each not in self._stage.people), "")
        if not unknown:
            return "no name was given that has no account"
        name = backwards(unknown)
        try:
            exchanges = await self._fill(probe, name)
        except DriverError as error:
            return f"the form could not be sent: {error}"
        sent = [place for place, exchange in enumerate(exchanges) if carries(exchange.request, name)]
        if not sent:
            return exchanges_missing(probe)
        first = exchanges[sent[0]]
        pages = [exchange for exchange in exchanges[: sent[0]] if exchange.navigation and exchange.response]
        page = pages[-1] if pages else Exchange(request=Request(method="GET", url=self._stage.scene.start))
        after = [exchange for exchange in exchanges[sent[0] + 1 :] if exchange.navigation][:1]
        said = reaction(
            first, after[0] if first.status in range(300, 400) and after else None, self._masks(name)
        )
        known = Recorded(name=name, page=page, sent=first, said=said)
        again = await self._again(known, name)
        alike = (again.status, again.location) == (said.status, said.location)
        return known if alike else replace(known, by_browser=True)

    async def _send(self, probe: TryNames, known: Recorded, name: str) -> Reaction:
        if not known.by_browser:
            return await self._again(known, name)
        exchanges = await self._fill(probe, name)
        sent = next((exchange for exchange in exchanges if carries(exchange.request, name)), None)
        if sent is None:
            raise DriverError("the form was not sent again")
        return replace(reaction(sent, None, self._masks(name)), seconds=0.0)

    async def _again(self, known: Recorded, name: str) -> Reaction:
        """The recorded request with another name, on a fresh page; the answer that it leads to is followed."""
        send, request = self._replayer.send_once, known.sent.request
        opened = await send(Request(method="GET", url=known.page.request.url, headers=plain(known.page)))
        held = jar(request, opened)
        fresh = refilled(request, tokens_in(known.page) | jar(request), tokens_in(opened) | held)
        made = await send(with_cookies(at_once(fresh, known.name, name), held))
        after = made
        for _ in range(MOST_HOPS):
            held = jar(with_cookies(request, held), after)
            to = after.response.header("location") if after.response else None
            if after.status not in range(300, 400) or not to:
                break
            url = urljoin(after.request.url, to)
            if not same_origin(self._stage.scene.start, url):
                break
            get = Request(method="GET", url=url, headers=plain(known.page))
            after = await send(with_cookies(get, held))
        if made.response is None:
            raise DriverError(f"the form was not answered: {made.error}")
        return reaction(made, after if after is not made else None, self._masks(name))

    def _masks(self, name: str) -> tuple[str, ...]:
        return (name, *(person.username for person in self._stage.people.values()))

    async def _fill(self, probe: TryNames, name: str) -> Sequence[Exchange]:
        """Send the form in a fresh browser; gives all that it exchanged. Raises DriverError."""
        tab = await self._stage.driver.open()
        try:
            if probe.form == "login":
                if self._stage.login is None:
                    raise DriverError("no login was found")
                who = Credentials(username=name, password=WRONG)
                await log_in(tab, self._stage.login, who, self._stage.hints, remember=False)
            else:
                await self._ask_for_reset(tab, name)
            return tab.recorded()
        finally:
            await tab.close()

    async def _ask_for_reset(self, tab: Tab, name: str) -> None:
        """Follow the login page's link for a forgotten password, fill the only field there and send it."""
        url = self._stage.login.url if self._stage.login else self._stage.scene.start
        screen = await clear(tab, await drawn(tab, await tab.go(url)))
        link = next(
            (
                each
                for each in screen.elements
                if usable(each) and FORGOT.strength(label(each)) and is_link(each)
            ),
            None,
        )
        if link is None:
            return
        await tab.click(link)
        await _send_only_field(tab, await drawn(tab, await tab.look()), name)


async def _send_only_field(tab: Tab, screen: Screen, name: str) -> None:
    """Raises DriverError where it asks for what these names are not: all would be unknown to it."""
    for group in groups(screen):
        if len(group.texts) == 1 and not group.passwords:
            if "@" not in name and _asks_for_address(group.texts[0]):
                raise DriverError("it asks for an e-mail address, which the names to log in with are not")
            await tab.fill(group.texts[0], name)
            button = submit_button(group, FORGOT, after=group.texts[0])
            if button is not None and button.enabled:
                await tab.click(button)
            else:
                await tab.press("Enter")
            await tab.settle()
            return


def _asks_for_address(field: Element) -> bool:
    """Whether only an e-mail address will do; a field for “user name or e-mail” takes either."""
    told = f"{label(field)} {field.placeholder}"
    return field.type == "email" or (personal_kind(field) == "email" and not USERNAME.within(told))


def exchanges_missing(probe: TryNames) -> str:
    """Why nothing was recorded."""
    if probe.form == "reset":
        return "the login page leads to no form for a forgotten password that asks for a name alone"
    return "no request of the login carries the name in the open"


def plain(page: Exchange) -> tuple[tuple[str, str], ...]:
    """The headers of a page's request that say nothing of who asks."""
    kept = {"accept", "accept-language", "user-agent"}
    return tuple((name, value) for name, value in page.request.headers if name.lower() in kept)


def backwards(name: str) -> str:
    """Another made-up name of the same form, so that learning the form costs no tries of the names that are compared.

    A number stays as it is: turned round it may be somebody's.
    """
    local, joint, domain = name.partition("@")
    return f"{local if local.isdecimal() else local[::-1]}{joint}{domain}"
