"""Tokens that scripts can read: whether what a script finds in one place is enough to be the owner."""

from __future__ import annotations

from dataclasses import replace

from sessionward.audit.check import Outcome, Severity, passed, suspected
from sessionward.audit.experiment.actions import carriers, channels, enter, renewing_keys, resident
from sessionward.audit.experiment.endings import Step, failing, place
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.experiment.replay import Target, other_lives, positive, replay_opens
from sessionward.audit.experiment.request_parts import bearing
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
    return (yield from exposed(scene, session, readable, f"can be read by scripts {where}"))


def exposed(scene: Scene, session: Session, keys: frozenset[TokenKey], how: str) -> Step[Outcome]:
    """The verdict on tokens that others can get: they open the account alone, they are a part, or there are none.

    ``how`` goes on from "the token": it stands in an address, it can be read by scripts.
    """
    found = keys & (carriers(scene) | renewing_keys(scene))
    if not found:
        yield from other_lives(scene)
        return passed(f"No token that carries the login {how}", where=(place(scene.oracle),))
    names = ", ".join(sorted(map(str, found)))
    target = Target(exchange=_opened_by(scene, found), keys=found)
    verdict: Outcome = yield from replay_opens(
        scene,
        session.tokens.only(found),
        target,
        failed=f"The token ({names}) {how}, and it alone opens the owner's data.",
        passed=f"{names} {how} but opens nothing alone",
        ended=False,
    )
    if failing(verdict):
        return verdict
    if not bearing(found):
        return passed(
            f"What {how} is a token against forged requests ({names}), which scripts must have; alone it opens nothing",
            where=verdict.where,
        )
    other = yield from resident("stranger", Guard.OTHER)
    if session.tokens.same_values(other.tokens, bearing(found)) == bearing(found):
        return passed(
            f"What {how} is the same for both accounts ({names}), so it carries nobody's login",
            where=verdict.where,
        )
    return suspected(
        f"A part of what carries the login ({names}) {how}; alone it opens nothing.",
        where=verdict.where,
        severity=Severity.LOW,
    )


def _opened_by(scene: Scene, found: frozenset[TokenKey]) -> PrivateExchange:
    """A private exchange that these alone should open, or the one that they are a part of."""
    ways = (*channels(scene), *scene.renewing)
    return next(
        (way for way in ways if way.members <= found),
        next((w for w in ways if w.members & found), scene.oracle),
    )
