"""Whether a tenant's audit trail is as it was written.

Each entry is linked by a hash to the one before, so an entry that was changed, removed, put in or moved breaks the
chain from there on. Who may write to the store can also write a whole new chain, or cut off its end: that is seen
only against an anchor, a position and its link that were noted down elsewhere.
"""

import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sessionward.session.result import AuditEntry
from sessionward.session.stores.store import FIRST_LINK, Store, link

BATCH = 1000
"""Entries that are asked for at a time; a trail is never in memory as a whole."""

ANCHOR = re.compile(r"(0|[1-9][0-9]{0,18}):([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """How far a trail went, and the link it had there. Not secret, but of use only where the store cannot reach it."""

    position: int
    link: bytes

    @property
    def text(self) -> str:
        """The anchor as one word."""
        return f"{self.position}:{self.link.hex()}"

    @classmethod
    def parse(cls, text: str) -> "Anchor":
        """The anchor that `text` spells.

        Raises:
            ValueError: it spells none.

        """
        found = ANCHOR.fullmatch(text)
        if found is None:
            raise ValueError("An anchor is a position, a colon and 64 hexadecimal digits.")
        return cls(position=int(found[1]), link=bytes.fromhex(found[2]))


CUT = "an anchor was noted there, and the trail has no such entry: its end was cut off, or it was begun anew"
ANOTHER = "the trail was another when the anchor was noted"
BEGINNING = Anchor(position=0, link=FIRST_LINK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The trail is not as it was written; `position` is the first entry that shows it."""

    position: int
    why: str


class ChainBroken(Exception):
    """Entries were asked for of a trail that is not as it was written."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(f"at entry {broken.position}: {broken.why}")
        self.broken = broken


def entries(store: Store, tenant: str, *, after: int = 0, batch: int = BATCH) -> Iterator[AuditEntry]:
    """The entries of the trail of `tenant` after a position, in their order.

    Raises:
        StoreError: the store could not be asked.

    """
    while found := store.audit_since(tenant, after, limit=batch):
        yield from found
        if found[-1].position <= after:  # a store that is so broken would have us ask for ever
            return
        after = found[-1].position


def followed(found: Iterable[AuditEntry], tenant: str, start: Anchor = BEGINNING) -> Iterator[AuditEntry]:
    """Those entries, which come after `start`, each once it has proved to follow the one before.

    Raises:
        ChainBroken: one does not.

    """
    position, previous = start.position, start.link
    for entry in found:
        if entry.position != position + 1:
            raise ChainBroken(_misplaced(entry.position, position + 1))
        if not hmac.compare_digest(link(previous, tenant, entry.content), entry.link):
            why = "it is not what was written there, or what comes before it is not"
            raise ChainBroken(Broken(position=entry.position, why=why))
        yield entry
        position, previous = entry.position, entry.link


def sound(store: Store, tenant: str, start: Anchor = BEGINNING) -> Iterator[AuditEntry]:
    """The entries of the trail of `tenant` after `start`, each once it has proved to follow the one before.

    Raises:
        ChainBroken: one does not, or the trail is not at `start` what it was.
        StoreError: the store could not be asked.

    """
    if start.position:
        there = store.audit_since(tenant, start.position - 1, limit=1)
        if not there or there[0].position != start.position:
            raise ChainBroken(Broken(position=start.position, why=CUT))
        if not hmac.compare_digest(there[0].link, start.link):
            raise ChainBroken(Broken(position=start.position, why=ANOTHER))
    yield from followed(entries(store, tenant, after=start.position), tenant, start)


def verify(
    found: Iterable[AuditEntry], start: Anchor = BEGINNING, *, anchors: Iterable[Anchor] = ()
) -> Anchor | Broken:
    """How far the trail goes, if it is sound after `start` and holds all `anchors`.

    `found` are the entries after `start` by `sound` or `followed`. An anchor before `start` cannot be held.
    """
    awaited: dict[int, bytes] = {}
    for anchor in anchors:
        if awaited.setdefault(anchor.position, anchor.link) != anchor.link:
            return Broken(position=anchor.position, why="two anchors contradict each other")
    end = start
    try:
        _hold(awaited, end)
        for entry in found:
            end = Anchor(position=entry.position, link=entry.link)
            _hold(awaited, end)
    except ChainBroken as error:
        return error.broken
    return Broken(position=min(awaited), why=CUT) if awaited else end


def _hold(awaited: dict[int, bytes], reached: Anchor) -> None:
    expected = awaited.pop(reached.position, reached.link)
    if not hmac.compare_digest(expected, reached.link):
        raise ChainBroken(Broken(position=reached.position, why=ANOTHER))


def _misplaced(position: int, expected: int) -> Broken:
    if position > expected:
        why = (
            f"the trail goes on at {position}: entries were removed"
            if expected > 1
            else "its beginning is gone"
        )
        return Broken(position=expected, why=why)
    return Broken(position=position, why="it stands where another entry stood before")
