"""How an experiment ends early: it says that it cannot tell, and why."""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from sessionward.audit.check import Detection, Outcome, Outcomes, Place, Verdict, inapplicable, inconclusive
from sessionward.audit.observation import Answer
from sessionward.audit.probe import Probe
from sessionward.audit.scene import PersonalExchange, PrivateExchange, Scene, Shows

T = TypeVar("T")
Step = Generator[Probe[Any], Any, T]
"""A part of an experiment: asks for probes and gives back ``T``."""

SHOWN: dict[Shows, str] = {
    "owner": "the owner's data",
    "stranger": "the other account's data",
    "neighbour": "the data of the account of another tenant",
    "staff": "the data of the account of a higher role",
    "administrator": "the data of the administrator",
    "nobody": "nobody's data",
    "unclear": "the data of both accounts at once",
    "error": "an error",
}


class CannotTell(Exception):
    """A control was lost or a precondition is missing; the message is the inconclusive outcome's."""


class NotHere(Exception):
    """The app has no such thing; the message is the inapplicable outcome's."""


def experiment(detect: Callable[[Scene], Detection]) -> Callable[[Scene], Detection]:
    """Turn the early ends of an experiment into its outcome, so that its steps need not hand them up one by one."""

    @functools.wraps(detect)
    def guarded(scene: Scene) -> Detection:
        try:
            outcomes: Outcomes = yield from detect(scene)
        except CannotTell as reason:
            return inconclusive(str(reason))
        except NotHere as reason:
            return inapplicable(str(reason))
        return outcomes

    return guarded


def refused(answer: Answer) -> str:
    """What an answer was, in words: whose data it showed, or its status."""
    if answer.shows != "error":
        return SHOWN[answer.shows]
    exchange = answer.exchange
    return (
        f"status {exchange.status}"
        if exchange.response
        else f"no answer ({exchange.error or 'no reason given'})"
    )


def belongs(answer: Answer, party: str, what: str) -> bool:
    """Whether the answer shows that party. Raises CannotTell where it is an error or shows somebody else."""
    if answer.shows == party:
        return True
    if answer.shows == "nobody":
        return False
    raise CannotTell(f"{what}: the app gave {refused(answer)}, so nothing follows from it")


def place(known: PrivateExchange | PersonalExchange) -> Place:
    """Where in the app an exchange stands."""
    return Place(method=known.request.method, url=known.request.url)


def failing(outcome: Outcome) -> bool:
    """Whether the outcome says that the defect was shown."""
    return outcome.verdict is Verdict.FAILED
