"""Long histories of one account, made up by hypothesis, against a model that knows the true activity."""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from sessionward.session.digest import Token
from sessionward.session.event import Event, Lock, Login, Logout, Reauthenticate, Request
from sessionward.session.policy import Policy
from sessionward.session.state import Reason, State, Subject
from sessionward.session.stores.drive import drive
from sessionward.session.stores.memory import MemoryStore
from sessionward.session.transact import Fresh, Outcome, transact

ANA = Subject(tenant="north", id="ana")
POLICY = Policy(
    inactivity_timeout=900, absolute_lifetime=3600, lock_after=300, renewal_grace=10, concurrent_sessions=2
)
SERVED = {State.ACTIVE, State.LOCKED}


@dataclass(slots=True)
class Life:
    """What the model knows of a session: when it began, when a person last did something, its tokens."""

    began: float
    active: float
    tokens: list[tuple[Token, float]] = field(default_factory=list)
    over: bool = False
    locked: bool = False


class Histories(RuleBasedStateMachine):
    tokens: Bundle[tuple[Life, Token]] = Bundle("tokens")

    @initialize()
    def begin(self) -> None:
        self.store = MemoryStore()
        self.now = 1_700_000_000.0
        self.epoch = 0
        self.lives: list[Life] = []

    def happen(
        self, token: Token | None, event: Event | None, *, seal: bool = False
    ) -> tuple[Outcome, Fresh]:
        made: list[Fresh] = []

        def make(fresh: Fresh) -> Event:
            made.append(fresh)
            if event is not None:
                return event
            if seal and token is not None:
                return Reauthenticate(method="x", digest=fresh.token.digest, sealed=token.seal(fresh.token))
            return Login(
                subject=ANA,
                role=None,
                method="x",
                epoch=self.epoch,
                handle=fresh.handle,
                digest=fresh.token.digest,
            )

        return drive(self.store, transact(lambda tenant, role: POLICY, token, make, self.now)), made[-1]

    def may_open(self, life: Life, token: Token) -> bool:
        """Whether `token` may open its session now, by what is true and not by what was written."""
        place = next(number for number, (entry, _) in enumerate(life.tokens) if entry == token)
        renewed_at = life.tokens[place + 1][1] if place + 1 < len(life.tokens) else None
        steps = len(life.tokens) - 1 - place
        fresh = renewed_at is None or (steps == 1 and self.now < renewed_at + POLICY.renewal_grace)
        idle, age = self.now - life.active, self.now - life.began
        return fresh and not life.over and idle < POLICY.inactivity_timeout and age < POLICY.absolute_lifetime

    @rule(seconds=st.sampled_from([1, 5, 9, 10, 14, 15, 60, 284, 300, 884, 900]))
    def wait(self, seconds: int) -> None:
        self.now += seconds

    @rule(target=tokens)
    def login(self) -> tuple[Life, Token]:
        self.now += 1  # no two begin at once, so that which one is taken over from is the same at each run
        outcome, _ = self.happen(None, None)
        assert outcome.state is State.ACTIVE
        assert outcome.token is not None
        life = Life(began=self.now, active=self.now, tokens=[(outcome.token, self.now)])
        self.lives.append(life)
        if len(self.lives) > 2:
            self.forget_taken_over()
        return life, outcome.token

    def forget_taken_over(self) -> None:
        handles = {record.digest for record in self.store.list(ANA, now=self.now)}
        for life in self.lives:
            if not life.over and life.tokens[-1][0].digest not in handles:
                life.over = True

    @rule(held=tokens, by_person=st.booleans())
    def request(self, held: tuple[Life, Token], by_person: bool) -> None:  # noqa: FBT001
        life, token = held
        allowed = self.may_open(life, token)
        certain = allowed and self.now - life.active < POLICY.inactivity_timeout - POLICY.touch_interval
        outcome, _ = self.happen(token, Request(by_person=by_person))
        served = outcome.state in SERVED
        assert allowed or not served
        assert served or not certain
        if served and self.now - life.active >= (POLICY.lock_after or 0):
            assert outcome.state is State.LOCKED
        if life.locked and served:
            assert outcome.state is State.LOCKED
        if outcome.state is State.LOCKED:
            life.locked = True
        if outcome.state is State.ACTIVE and by_person:
            life.active = self.now
        if outcome.state is State.TERMINATED:
            life.over = True

    @rule(target=tokens, held=tokens)
    def reauthenticate(
        self, held: tuple[Life, Token]
    ) -> MultipleResults[tuple[Life, Token]] | tuple[Life, Token]:
        life, token = held
        allowed = self.may_open(life, token)
        outcome, fresh = self.happen(token, None, seal=True)
        if outcome.token is None:
            life.over = life.over or outcome.state is State.TERMINATED
            return multiple()
        assert allowed
        life.active, life.locked = self.now, False
        if outcome.token != fresh.token:
            assert outcome.token == life.tokens[-1][0]
            return multiple()
        life.tokens.append((outcome.token, self.now))
        return life, outcome.token

    @rule(held=tokens)
    def lock(self, held: tuple[Life, Token]) -> None:
        life, token = held
        outcome, _ = self.happen(token, Lock())
        life.locked = life.locked or outcome.state is State.LOCKED
        life.over = life.over or outcome.state is State.TERMINATED

    @rule(held=tokens)
    def logout(self, held: tuple[Life, Token]) -> None:
        life, token = held
        outcome, _ = self.happen(token, Logout())
        assert outcome.forget
        life.over = True

    @rule()
    def logout_everywhere(self) -> None:
        self.epoch = self.store.advance_epoch(ANA, reason=Reason.LOGOUT_EVERYWHERE, at=self.now, keep=None)
        for life in self.lives:
            life.over = True

    @rule()
    def purge(self) -> None:
        self.store.purge(now=self.now)

    @invariant()
    def never_more_than_the_limit_and_nothing_over_is_listed(self) -> None:
        if not hasattr(self, "store"):
            return
        listed = {record.digest for record in self.store.list(ANA, now=self.now)}
        assert len(listed) <= 2
        assert not listed & {life.tokens[-1][0].digest for life in self.lives if life.over}


Histories.TestCase.settings = settings(
    max_examples=600, stateful_step_count=30, deadline=None, derandomize=True
)
TestHistories = Histories.TestCase
