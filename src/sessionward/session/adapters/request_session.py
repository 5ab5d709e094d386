"""The session's data as a dictionary, of which only what a request changed is written back."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sessionward.session.result import Change, StoreError
from sessionward.session.state import Presented, Recalled, State, Value

MOST_BYTES = 65_536
MISSING = object()
FIXED = frozenset({str, int, float, bool, type(None)})
"""Types whose values cannot change: the same object is the same value."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a session's `data` means: its values, whether none can change in its depth, and whether all are texts."""

    data: Mapping[str, Value] = field(repr=False)
    values: Mapping[str, Any] = field(repr=False)
    fixed: bool
    texts: bool


NOTHING = Loaded({}, {}, fixed=True, texts=True)


def loaded(data: Mapping[str, Value]) -> Loaded:
    """What `data` means.

    Raises:
        StoreError: a value is no JSON.

    """
    values = _decoded(data)
    kinds = set(map(type, values.values()))
    return Loaded(data, values, fixed=kinds <= FIXED, texts=kinds <= {str})


def opened(found: Presented) -> Loaded:
    """What a request may read of the session that it came with: of a locked one nothing.

    It is noted with what is remembered for the next time, where its values can be shared. Raises as `loaded`.
    """
    if not isinstance(found, Recalled):
        return _readable(found)
    known: Loaded | None = found.notes.get("loaded")
    if known is not None:
        return known
    made = _readable(found)
    if made.fixed:
        found.notes["loaded"] = made
    return made


class RequestSession(dict[str, Any]):
    """What apps know as `request.session`: a dictionary whose keys are strings and whose values are JSON."""

    __slots__ = ("_loaded",)

    def __init__(self, found: Loaded = NOTHING) -> None:
        self._loaded = found
        self.update(found.values)

    def load(self, found: Loaded) -> None:
        """Hold what was found and nothing else."""
        self.clear()
        self._loaded = found
        self.update(found.values)

    def begin_anew(self, *, keep: Collection[str]) -> None:
        """Belong to a new session that has nothing yet, and take over only what the app names."""
        self._loaded = NOTHING
        for key in self.keys() - set(keep):
            del self[key]

    @property
    def untouched(self) -> bool:
        """Whether it surely holds what was loaded; False where that takes a closer look."""
        found = self._loaded
        if found.texts:  # equal texts are the same JSON, which 1 and True are not
            return self == found.values
        if not found.fixed or len(self) != len(found.values):
            return False
        get = self.get
        for key, value in found.values.items():  # noqa: SIM110 - a generator costs twice as much, at each request
            if get(key, MISSING) is not value:
                return False
        return True

    def changes(self) -> dict[str, Change]:
        """What a store needs to write, key by key.

        Raises:
            TypeError: a key is no string, or a value cannot be told in JSON.
            ValueError: it is too much for a session.

        """
        if self.untouched:
            return {}
        written = {key: _encoded(key, value) for key, value in self.items()}
        if sum(len(key) + len(content) for key, content in written.items()) > MOST_BYTES:
            raise ValueError(f"A session holds at most {MOST_BYTES} bytes; keep the rest in a database.")
        read = self._loaded.data
        changed = {
            key: Change(expected=_version(read, key), content=content)
            for key, content in written.items()
            if key not in read or not _tell_the_same(read[key].content, content)
        }
        removed = {
            key: Change(expected=_version(read, key), content=None) for key in read.keys() - written.keys()
        }
        return changed | removed


def _version(read: Mapping[str, Value], key: str) -> int:
    return read[key].version if key in read else 0


def _readable(found: Presented) -> Loaded:
    return NOTHING if found.record.state is State.LOCKED else loaded(found.data)


def _decoded(data: Mapping[str, Value]) -> dict[str, Any]:
    try:
        return {key: json.loads(value.content) for key, value in data.items()}
    except ValueError as error:
        raise StoreError("The data of a session cannot be read.") from error


def _tell_the_same(one: bytes, other: bytes) -> bool:
    """Whether both are the same JSON, in whatever order. Their values cannot say: in Python, 1 and True are equal."""
    return one == other or _ordered(one) == _ordered(other)


def _ordered(content: bytes) -> str:
    return json.dumps(json.loads(content), sort_keys=True)


def _encoded(key: object, value: object) -> bytes:
    if not isinstance(key, str):
        raise TypeError(f"A session's keys are strings, and {key!r} is not.")
    try:
        return json.dumps(value, separators=(",", ":")).encode()
    except (
        TypeError,
        ValueError,
        RecursionError,
    ) as error:  # of the value itself nothing is told: it may be private
        raise TypeError(
            f"What the session keeps as {key!r} cannot be told in JSON: keep texts, numbers, lists and the like."
        ) from error
