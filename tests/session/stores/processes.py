"""Several processes on one store: one ends sessions while the others serve them from what they remember.

A store's tests hand in how to open it, as something that a spawned process can be sent. Moments are those of the
monotonic clock, which all processes of one machine share.
"""

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from typing import Any

from sessionward.session.digest import Token
from sessionward.session.event import Login, Request
from sessionward.session.policy import Policy
from sessionward.session.result import Feed, StoreError
from sessionward.session.state import Presented, Reason, Session, State, Subject
from sessionward.session.stores.cached import CachedStore
from sessionward.session.stores.drive import drive
from sessionward.session.stores.store import Store
from sessionward.session.transact import Fresh, transact

Opener = Callable[[], Store]
POLICY = Policy.of("patient-portal")
BOUND = 0.4
WORKERS = 3
SESSIONS = 4
PATIENCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one process saw: the start of the last request that was served, by session, and what served them."""

    latest: tuple[float, ...]
    recalled: int
    asked: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What came of it: when each session's end was surely committed, and what each process saw."""

    committed: tuple[float, ...]
    seen: tuple[Seen, ...]

    def latest_after_an_end(self) -> float:
        """For how many seconds after the end of a session, at most, a request that started was still served."""
        return max(
            start - end for one in self.seen for start, end in zip(one.latest, self.committed, strict=True)
        )


class Breaking:
    """`store`, whose feed is lost from when `deaf` is set, and which is lost itself from when `down` is."""

    def __init__(self, store: Store, deaf: Event, down: Event) -> None:
        self._store = store
        self._deaf = deaf
        self._down = down
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def get(self, digest: bytes) -> Session:
        if self._down.is_set():
            raise StoreError("The store is lost.")
        self.asked += 1
        return self._store.get(digest)

    def terminations_since(self, cursor: int, *, limit: int) -> Feed:
        if self._deaf.is_set() or self._down.is_set():
            raise StoreError("The feed is lost.")
        return self._store.terminations_since(cursor, limit=limit)


def policy_for(tenant: str | None, role: str | None) -> Policy:
    return POLICY


def begin(store: Store, number: int) -> Token:
    """Log somebody in."""
    subject = Subject(tenant="north", id=f"subject{number}")

    def login(fresh: Fresh) -> Login:
        return Login(
            subject=subject,
            role=None,
            method="password",
            epoch=0,
            handle=fresh.handle,
            digest=fresh.token.digest,
        )

    token = drive(store, transact(policy_for, None, login, time.time())).token
    assert token is not None
    return token


def hammer(
    opener: Opener, secrets: list[bytes], deaf: Event, down: Event, stop: Event, ready: Event, answers: Any
) -> None:
    """Serve one request after another until told to stop."""
    tokens = [Token(secret) for secret in secrets]
    beneath = Breaking(opener(), deaf, down)
    store = CachedStore(beneath, bound=BOUND)
    latest = [0.0] * len(tokens)
    served = refused = 0
    while not stop.is_set():
        for number, token in enumerate(tokens):
            start = time.monotonic()
            try:
                found = drive(store, serving(token))
            except StoreError:
                refused += 1
                time.sleep(0.001)  # a process that is refused everything leaves the processor to the others
                continue
            if found is State.ACTIVE:
                latest[number] = start
            served += 1
        if served - beneath.asked >= len(tokens):
            ready.set()
    answers.put(
        Seen(latest=tuple(latest), recalled=served - beneath.asked, asked=beneath.asked, refused=refused)
    )


def serving(token: Token) -> Any:
    """The steps of one request, which no person caused."""
    outcome = yield from transact(
        policy_for, token, lambda _: Request(by_person=False), time.time(), staleness=float("inf")
    )
    return outcome.state


def show(opener: Opener, fault: str = "none") -> Shown:
    """End one session after another while other processes serve them; `fault` is what is lost before."""
    context = multiprocessing.get_context("spawn")
    deaf, down, stop = context.Event(), context.Event(), context.Event()
    store = opener()
    tokens = [begin(store, number) for number in range(SESSIONS)]
    answers = context.Queue()
    readiness = [context.Event() for _ in range(WORKERS)]
    secrets = [token.secret for token in tokens]
    workers = [
        context.Process(target=hammer, args=(opener, secrets, deaf, down, stop, ready, answers), daemon=True)
        for ready in readiness
    ]
    for worker in workers:
        worker.start()
    try:
        assert all(ready.wait(PATIENCE) for ready in readiness), "a process never served from memory"
        if fault != "none":
            {"feed": deaf, "store": down}[fault].set()
        committed = tuple(end(store, token) for token in tokens)
        time.sleep(2 * BOUND)  # what would be served too late has to be given the time to be
        stop.set()
        seen = tuple(answers.get(timeout=PATIENCE) for _ in workers)
    finally:
        stop.set()
        for worker in workers:
            worker.join(PATIENCE)
        store.close()
    return Shown(committed=committed, seen=seen)


def end(store: Store, token: Token) -> float:
    """End the session of `token`; the moment when that was surely committed."""
    found = store.get(token.digest)
    assert isinstance(found, Presented)
    record = found.record
    assert store.terminate(record.handle, owner=record.subject, reason=Reason.ADMINISTRATOR, at=time.time())
    moment = time.monotonic()
    time.sleep(BOUND / SESSIONS)
    return moment


def bounded(opener: Opener, fault: str) -> Shown:
    """What was shown, of which no request that started more than the bound after an end was served."""
    shown = show(opener, fault)
    assert all(one.recalled > 0 for one in shown.seen)
    assert shown.latest_after_an_end() < BOUND
    return shown
