"""More to judge by than what exploring recorded: a canary in the owner's private data, and the documents."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from sessionward.audit.driver import DriverError, Screen, Tab
from sessionward.audit.explore.flows import ProfileFlow
from sessionward.audit.explore.forms import Filler
from sessionward.audit.explore.profile import find_profile
from sessionward.audit.journal import JournalError
from sessionward.audit.observation import Session
from sessionward.audit.perform.performer import Performer
from sessionward.http import Exchange, Request
from sessionward.http.carry import carry

MOST_DOCUMENTS = 12
MOST_PAGES = 12


async def planted_canary(
    performer: Performer,
    owner: Session,
    screens: Sequence[Screen],
    seed: int,
    missing: dict[str, str] | None = None,
) -> str:
    """Plant a canary in a private field of the owner's profile and visit the pages again that showed that field.

    Gives the canary, or an empty text where no private field was found or it was not kept. The request that saved it
    is learnt; where ``missing`` is given, one that saves another field will do, and is put back at once, and why there
    is none is written there.
    """
    tab = performer.book.tab(owner)
    missing = missing if (any_field := missing is not None) else {}
    try:
        flow = await find_profile(tab, screens)
        if flow is None or not (flow.private or any_field):
            missing["action"] = f"no form for the account's own data was found on {len(screens)} screens"
            return ""
        shown = pages_with(flow, tab.recorded())
        canary, mark = Filler(seed).canary(), len(tab.recorded())
        if not await performer.planting.plant("owner", tab, flow, canary):
            missing["action"] = f"the form at {flow.url} did not keep what was written into it"
            return ""
        stands = canary if flow.private else flow.before
        made, screen = tab.recorded()[mark:], await tab.look()
        if why := performer.alterations.learn(flow, screen, made, canary, stands=stands):
            missing["action"] = why
        if not flow.private:
            await performer.planting.restore("owner", tab)
            return ""
    except (DriverError, JournalError) as error:
        missing["action"] = f"changing a field of the account broke off: {error}"
        return ""
    for address in shown:
        await _seen_again(tab, address)
    return canary


def pages_with(flow: ProfileFlow, recorded: Sequence[Exchange]) -> tuple[str, ...]:
    """The pages, by address, that showed what the field holds, and those whose own calls did."""
    found: dict[str, None] = {}
    page = ""
    for exchange in recorded:
        if exchange.navigation and exchange.request.safe and exchange.response:
            page = exchange.request.url
        if page and flow.before and flow.before in exchange.text:
            found.setdefault(page, None)
    return tuple(found)[:MOST_PAGES]


async def _seen_again(tab: Tab, address: str) -> None:
    try:
        await tab.go(address)
    except DriverError:
        # One page that fails is no reason to leave the others unseen.
        return


async def fetched_documents(
    performer: Performer, owner: Session, addresses: Sequence[str], avoid: Sequence[str]
) -> tuple[Exchange, ...]:
    """Files and printouts that the app links to, asked for with the owner's tokens."""
    made = []
    for address in addresses[:MOST_DOCUMENTS]:
        if any(text and text in urlsplit(address).path for text in avoid):
            continue
        plain = Request(method="GET", url=address, headers=(("Accept", "*/*"),))
        made.append(await performer.replayer.send(carry(plain, owner.tokens)))
    return tuple(made)
