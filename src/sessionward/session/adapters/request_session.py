"""The session's data as a dictionary, of which only what a request changed is written back."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sessionward.session.result import Change, StoreError
from sessionward.session.state import Value

MOST_BYTES = 65_536
MISSING = object()
FIXED = frozenset({str, int, float, bool, type(None)})
"""Types whose values cannot change: the same object is the same value."""


class RequestSession(dict[str, Any]):
    """What apps know as `request.session`: a dictionary whose keys are strings and whose values are JSON."""

    __slots__ = ("_fixed", "_loaded", "_read")

    def __init__(self) -> None:
        self._read: Mapping[str, Value] = {}
        self._loaded: dict[str, Any] = {}
        self._fixed = True

    def load(self, data: Mapping[str, Value], notes: dict[object, Any] | None = None) -> None:
        """Hold `data` and nothing else. What it means is noted in `notes`, where it can be shared, for the next time.

        Raises:
            StoreError: a value is no JSON.

        """
        if self:
            self.clear()
        known = None if notes is None else notes.get("loaded")
        if known is not None:
            self._loaded, self._fixed = known, True
        else:
            self._loaded = _decoded(data)
            self._fixed = FIXED.issuperset(map(type, self._loaded.values()))
            if notes is not None and self._fixed:
                notes["loaded"] = self._loaded
        self._read = data
        self.update(self._loaded)

    def begin_anew(self, *, keep: Collection[str]) -> None:
        """Belong to a new session that has nothing yet, and take over only what the app names."""
        self._read, self._loaded = {}, {}
        for key in self.keys() - set(keep):
            del self[key]

    @property
    def untouched(self) -> bool:
        """Whether it surely holds what was loaded; False where that takes a closer look."""
        loaded = self._loaded
        if not self._fixed or len(self) != len(loaded):
            return False
        get = self.get
        for key, value in loaded.items():  # noqa: SIM110 - a generator costs twice as much, at each request
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
        changed = {
            key: Change(expected=self._version(key), content=content)
            for key, content in written.items()
            if key not in self._read or not _tell_the_same(self._read[key].content, content)
        }
        removed = {
            key: Change(expected=self._version(key), content=None)
            for key in self._read.keys() - written.keys()
        }
        return changed | removed

    def _version(self, key: str) -> int:
        return self._read[key].version if key in self._read else 0


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
