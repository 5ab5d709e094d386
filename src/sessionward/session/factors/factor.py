"""What a factor is: a way for a subject to prove who they are, for a login, an unlock or a step-up.

A factor has no store and no clock. `finish` gives steps, which ask a store only whether something is used for the
first time; `drive` and `drive_async` take them. What the app keeps for a subject (a password's hash, a secret, the
digests of codes) is handed in as `kept` and never fetched.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from sessionward.session.call import Steps
from sessionward.session.state import Subject

KeptT = TypeVar("KeptT")


class Disproved(StrEnum):
    """Why a response proves nothing. The person is told one sentence for all of them; logs may tell them apart."""

    WRONG = "wrong"
    USED = "used before"
    UNASKED = "never asked for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What is asked of a subject. `shown` goes to the browser, `state` stays on the server until the response.

    `state` belongs into the session's data, never into the browser; `finish` sees to it that it counts once.
    """

    shown: Mapping[str, Any]
    state: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back: the text that was typed, or JSON. `state` is that of the challenge, None where there was none."""

    text: str = field(repr=False)
    state: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved(Generic[KeptT]):
    """The response is the subject's. `method` names the factor in the record and in the trail.

    Where `replace` is not None, the app keeps it from now on instead of what it kept for the subject.
    """

    method: str
    replace: KeptT | None = field(default=None, repr=False)


class Factor(Protocol[KeptT]):
    """Anything that can prove who somebody is."""

    @property
    def name(self) -> str:
        """What the factor is called in records and trails: `password`, `totp`."""
        ...

    def begin(self, subject: Subject, kept: KeptT | None, now: float) -> Challenge:
        """What to ask of `subject`. It says nothing of whether there is one: `kept` may be None."""
        ...

    def finish(
        self, subject: Subject, kept: KeptT | None, response: Response, now: float
    ) -> Steps[Proved[KeptT] | Disproved]:
        """Whether `response` proves that its sender is `subject`.

        Total: whatever was sent is an answer. With `kept` None it takes as long as with something, and is WRONG.
        """
        ...
