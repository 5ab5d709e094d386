"""Every order in which the steps of several transactions can follow each other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sessionward.session.call import AuditAppend, Call, Steps
from sessionward.session.stores.drive import ask
from sessionward.session.stores.store import Store
from sessionward.session.transact import Outcome


@dataclass(slots=True)
class Run:
    """One order that was tried: who made which call when, and what each transaction came to."""

    steps: list[tuple[int, Call]] = field(default_factory=list)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    def began(self, actor: int) -> int:
        """The place of the first call of `actor`."""
        return next(place for place, (who, _) in enumerate(self.steps) if who == actor)

    def last(self, actor: int) -> int:
        """The place of the last call of `actor`."""
        return max(place for place, (who, _) in enumerate(self.steps) if who == actor)


def all_orders(start: Callable[[], tuple[Store, Sequence[Steps[Outcome]]]]) -> Iterator[tuple[Store, Run]]:
    """Every order of the transactions that `start` makes anew each time, with the store as it was left."""
    choices: list[tuple[int, int]] = []
    while True:
        store, transactions = start()
        run = _play(store, transactions, choices)
        yield store, run
        while choices and choices[-1][0] + 1 == choices[-1][1]:
            choices.pop()
        if not choices:
            return
        chosen, width = choices[-1]
        choices[-1] = (chosen + 1, width)


def _play(store: Store, transactions: Sequence[Steps[Outcome]], choices: list[tuple[int, int]]) -> Run:
    """Follow `choices`, each one of so many that could go on, and then always the first, noting what was chosen."""
    run = Run()
    waiting: dict[int, Call] = {actor: next(entry) for actor, entry in enumerate(transactions)}
    place = 0
    while waiting:
        if place == len(choices):
            choices.append((0, len(waiting)))
        actor = sorted(waiting)[choices[place][0]]
        place += 1
        call = waiting.pop(actor)
        run.steps.append((actor, call))
        try:
            waiting[actor] = _past_the_trail(store, transactions[actor], ask(store, call))
        except StopIteration as end:
            run.outcomes[actor] = end.value
    return run


def _past_the_trail(store: Store, steps: Steps[Outcome], answer: object) -> Call:
    """The next call that another could meet: entries of the trail are read by none of them, in whatever order."""
    call = steps.send(answer)
    while isinstance(call, AuditAppend):
        call = steps.send(ask(store, call))
    return call
