"""Tokens that scripts can read: whether what a script finds in one place is enough to be the owner."""

from __future__ import annotations

from dataclasses import replace

from sessionward.audit.check import Outcome, Severity, passed, suspected
from sessionward.audit.experiment.actions import carriers, channels, enter
from sessionward.audit.experiment.endings import Step, failing, place
from sessionward.audit.experiment.replay import Target, other_lives, positive, replay_opens
from sessionward.audit.experiment.ways import gathered
from sessionward.audit.observation import Session, Storage
from sessionward.audit.probe import Look
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import TokenKey


def read_by_scripts(scene: Scene) -> Step[tuple[Session, Storage]]:
    """A living session of the owner and what scripts of its page can read."""
    fresh = yield from enter("owner", keep=True)
    yield from positive(scene, fresh.tokens)
    session = replace(fresh, tokens=(yield from gathered(scene, fresh, channels(scene))))
    stored = yield from Look(session=session)
    return session, stored


def readable_opens(
    scene: Scene, session: Session, readable: frozenset[TokenKey], where: str
) -> Step[Outcome]:
    """The verdict on what can be read ``where``: it opens the account alone, it is a part, or it is nothing."""
    found = readable & carriers(scene)
    if not found:
        yield from other_lives(scene)
        return passed(f"No token that carries the login can be read {where}", where=(place(scene.oracle),))
    names = ", ".join(sorted(map(str, found)))
    target = Target(exchange=_opened_by(scene, found), keys=found)
    verdict: Outcome = yield from replay_opens(
        scene,
        session.tokens.only(found),
        target,
        failed=f"Scripts can read the token ({names}) {where}, and it alone opens the owner's data.",
        passed=f"{names} can be read by scripts {where} but opens nothing alone",
        ended=False,
    )
    if failing(verdict):
        return verdict
    return suspected(
        f"Scripts can read a part of what carries the login ({names}) {where}; alone it opens nothing.",
        where=verdict.where,
        severity=Severity.LOW,
    )


def _opened_by(scene: Scene, found: frozenset[TokenKey]) -> PrivateExchange:
    """A private exchange that these alone should open, or the one that they are a part of."""
    ways = channels(scene)
    return next(
        (way for way in ways if way.members <= found),
        next((w for w in ways if w.members & found), scene.oracle),
    )
