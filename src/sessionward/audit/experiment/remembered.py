"""Remembered logins: which tokens outlast the browser, and whether they alone open the account."""

from __future__ import annotations

from dataclasses import dataclass

from sessionward.audit.check import Outcome
from sessionward.audit.experiment.actions import carriers, enter, resident
from sessionward.audit.experiment.endings import CannotTell, NotHere, Step
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.lifetime import HOUR
from sessionward.audit.experiment.replay import Target, look, replay_opens
from sessionward.audit.observation import Session
from sessionward.audit.scene import Scene
from sessionward.http import Carrier, TokenKey, TokenSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A remembered login of the owner. ``alone`` are the places whose tokens alone open the account."""

    session: Session
    alone: frozenset[TokenKey]

    @property
    def copy(self) -> TokenSet:
        """What a thief copied: the tokens that outlast the browser, and nothing else."""
        return self.session.tokens.only(self.alone)

    @property
    def target(self) -> Target:
        """How such a copy is replayed: it may trade itself for a session first, and all of it is made random."""
        return Target(hop=True, keys=self.alone)

    @property
    def names(self) -> str:
        """Its places in words."""
        return ", ".join(sorted(map(str, self.alone)))


def outlasting(plain: TokenSet, remembered: TokenSet) -> frozenset[TokenKey]:
    """The cookies that only a remembered login has, or has for much longer."""
    return frozenset(
        token.key
        for token in remembered
        if token.carrier is Carrier.COOKIE
        and token.expires is not None
        and _longer(token.expires, plain, token.key)
    )


def _longer(expires: float, plain: TokenSet, key: TokenKey) -> bool:
    usual = plain.get(key)
    return usual is None or usual.expires is None or expires > usual.expires + HOUR


def must_offer_it(scene: Scene) -> None:
    """Raise NotHere where logging in does not offer to be remembered."""
    if scene.login is None or not scene.login.remember:
        why = scene.missing.get("remember", "the login form has nothing like it")
        raise NotHere(f"logging in does not offer to be remembered: {why}")


def remembered_login(scene: Scene, *, keep: bool) -> Step[Remembered]:
    """A fresh remembered login whose persistent tokens are known to open the account alone.

    They may be good for one use only, so the positive control (G1) is made with a twin and the session handed
    out is untouched.
    """
    must_offer_it(scene)
    plain = yield from resident("owner", Guard.BEFORE)
    twin = yield from enter("owner", remember=True, control=Guard.TWIN)
    lasting = outlasting(plain.tokens, twin.tokens)
    if not lasting:
        raise CannotTell(
            "asking to be remembered gave no cookie that outlasts the browser, so there is nothing to try"
        )
    alone = yield from _sufficient(scene, twin, lasting)
    session = yield from enter("owner", remember=True, keep=keep)
    found = Remembered(session=session, alone=alone)
    if not alone <= session.tokens.keys:
        raise CannotTell(f"a second remembered login did not give {found.names}")
    return found


def _sufficient(scene: Scene, twin: Session, lasting: frozenset[TokenKey]) -> Step[frozenset[TokenKey]]:
    """The lasting tokens alone, or with what is no session token beside them."""
    if (yield from _opens(scene, twin, lasting)):
        return lasting
    beside = twin.tokens.keys - (carriers(scene) - lasting)
    if beside > lasting:
        again = yield from enter("owner", remember=True, control=Guard.TWIN)
        if beside <= again.tokens.keys and (yield from _opens(scene, again, beside)):
            return beside
    raise CannotTell("the tokens that outlast the browser do not open the account without the session's own")


def _opens(scene: Scene, twin: Session, keys: frozenset[TokenKey]) -> Step[bool]:
    seen = yield from look(scene, twin.tokens.only(keys), Target(hop=True), control=Guard.POSITIVE)
    return seen.opened


def still_remembered(scene: Scene, found: Remembered, event: str) -> Step[Outcome]:
    """After the event: whether the copy still opens the account, with its controls."""
    return (
        yield from replay_opens(
            scene,
            found.copy,
            found.target,
            failed=f"After {event}, the remembered login's token ({found.names}) alone still opens the owner's data.",
            passed=f"The remembered login's token ({found.names}) opens nothing after {event}",
        )
    )
