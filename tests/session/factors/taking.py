"""Takes the steps of factors on a store in memory."""

from typing import TypeVar

from sessionward.session.call import Steps
from sessionward.session.factors.factor import Disproved, Factor, Proved, Response
from sessionward.session.state import Subject
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore

ANA = Subject(tenant="north", id="ana")
NOW = 1_800_000_000.0
K = TypeVar("K")
T = TypeVar("T")


class Desk:
    """Where people come to prove who they are."""

    def __init__(self) -> None:
        self.store = MemoryStore()

    def ask(
        self, factor: Factor[K], kept: K | None, text: str, *, subject: Subject = ANA, now: float = NOW
    ) -> Proved[K] | Disproved:
        return self.take(factor.finish(subject, kept, Response(text=text), now))

    def take(self, steps: Steps[T]) -> T:
        return drive(self.store, steps)
