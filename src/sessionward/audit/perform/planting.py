"""Planting a canary in a private field of an account, and putting back what stood there."""

from __future__ import annotations

from sessionward.audit.driver import DriverError, Tab
from sessionward.audit.explore.flows import ProfileFlow
from sessionward.audit.explore.handles import follow, wait_for
from sessionward.audit.explore.profile import plant
from sessionward.audit.journal import Change, JournalError, packed, unpacked
from sessionward.audit.perform.own_pages import in_session
from sessionward.audit.perform.stage import Person, Stage
from sessionward.http import TokenSet

KIND = "field"
NONE = TokenSet()


class Planting:
    """The change is in the journal before it is made, and stays there until the former text was seen again."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._open: list[tuple[str, Change]] = []
        self._problem = ""

    @property
    def unrestored(self) -> tuple[str, ...]:
        """What is still planted, one sentence for each account."""
        return tuple(
            f"{change.account}: a field of the profile still holds the text {change.undo['now']} "
            f"({self._problem or 'the audit ended before that'})"
            for _, change in self._open
        )

    @property
    def parties(self) -> tuple[str, ...]:
        """Whose data is changed now."""
        return tuple(party for party, _ in self._open)

    async def plant(self, party: str, tab: Tab, flow: ProfileFlow, canary: str) -> bool:
        """Write the canary and see that it was kept. Raises DriverError, JournalError."""
        person = self._stage.people[party]
        was = await stands_there(tab, flow)
        if was is None:
            return False
        change = self.begin(party, flow, was, canary)
        await plant(tab, flow, canary, password=person.password)
        now = await stands_there(tab, flow)
        if now == was:
            self._done(party, change)
        elif now != canary:
            await self.restore(party, tab)
        return now == canary

    def begin(self, party: str, flow: ProfileFlow, was: str, now: str) -> Change:
        """Write down that the field may soon hold ``now`` in place of ``was``. Raises JournalError."""
        person = self._stage.people[party]
        undo = {
            "username": person.username,
            "now": now,
            "was": was,
            "password": person.original,
            "flow": packed(flow),
        }
        change = self._stage.journal.plan(KIND, person.name, undo)
        self._open.append((party, change))
        return change

    def settled(self, party: str, change: Change) -> None:
        """The field was seen to hold what stood there before."""
        self._done(party, change)

    async def end(self, party: str, change: Change, tab: Tab, tokens: TokenSet = NONE) -> str:
        """Put one change back and see that it is. Gives why that failed, or an empty text."""
        self._problem = await put_back(tab, change, self._stage.people[party], tokens)
        if not self._problem:
            self._done(party, change)
        return self._problem

    async def restore(self, party: str, tab: Tab, tokens: TokenSet = NONE) -> str:
        """Put back what stood there, in a browser that is logged in. Gives why that failed, or an empty text."""
        for whose, change in tuple(reversed(self._open)):
            if whose == party:
                await self.end(party, change, tab, tokens)
        return self._problem

    def _done(self, party: str, change: Change) -> None:
        self._open.remove((party, change))
        try:
            self._stage.journal.restored(change)
        except JournalError:
            # A journal that cannot say so names one change too many, and putting back twice does no harm.
            return


async def put_back(tab: Tab, change: Change, person: Person, tokens: TokenSet = NONE) -> str:
    """Write the former text and see that it is there. Gives why it is not, or an empty text."""
    flow, was = in_session(unpacked(change.undo["flow"], ProfileFlow), tokens), change.undo["was"]
    try:
        if await stands_there(tab, flow) == was:
            return ""
        said = await plant(tab, flow, was, password=person.password)
        return "" if await stands_there(tab, flow) == was else said or "the former text was not kept"
    except DriverError as error:
        return str(error)


async def stands_there(tab: Tab, flow: ProfileFlow) -> str | None:
    """What the field holds now, None where it is not to be found. Raises DriverError."""
    opened = await follow(tab, await tab.go(flow.url), flow.path)
    if opened is None:
        return None
    _, element = await wait_for(tab, opened, flow.field)
    return element.value if element else None
