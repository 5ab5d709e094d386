"""Consultations by video and text: one room for each patient and the doctor who looks after the patient."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

MOST_LINES = 200
"""Lines that a room remembers."""
LONGEST_LINE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that was said."""

    speaker: str
    text: str
    time: str


@dataclass(slots=True, eq=False)
class Room:
    """A patient's room: what was said, and who is there."""

    lines: list[Line] = field(default_factory=list)
    present: dict[asyncio.Queue[dict[str, object]], str] = field(default_factory=dict)

    def state(self) -> dict[str, object]:
        """All that somebody who comes in must know."""
        return {
            "kind": "state",
            "lines": [asdict(line) for line in self.lines],
            "present": sorted(set(self.present.values())),
        }

    def say(self, line: Line) -> None:
        """Tell everybody who is there."""
        self.lines.append(line)
        del self.lines[:-MOST_LINES]
        self._tell({"kind": "line", **asdict(line)})

    @contextmanager
    def entered(self, name: str) -> Iterator[asyncio.Queue[dict[str, object]]]:
        """What happens in the room from here on, for somebody of that name."""
        heard: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self.present[heard] = name
        heard.put_nowait(self.state())
        self._tell_presence()
        try:
            yield heard
        finally:
            del self.present[heard]
            self._tell_presence()

    def _tell_presence(self) -> None:
        self._tell({"kind": "presence", "present": sorted(set(self.present.values()))})

    def _tell(self, news: dict[str, object]) -> None:
        for heard in self.present:
            heard.put_nowait(news)


class Consultations:
    """The rooms of both clinics, by clinic and patient."""

    def __init__(self) -> None:
        """Nobody has said anything yet."""
        self._rooms: defaultdict[tuple[str, str], Room] = defaultdict(Room)

    def room(self, tenant: str, patient_id: str) -> Room:
        """The room of that patient."""
        return self._rooms[tenant, patient_id]
