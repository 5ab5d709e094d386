"""From the requests that were seen to change a field to actions of the scene: which of their values are secrets."""

from __future__ import annotations

from dataclasses import replace

from sessionward.audit.driver import DriverError, TargetUnreachable
from sessionward.audit.experiment import bearing, secret_parts
from sessionward.audit.observation import Session
from sessionward.audit.perform.performer import Performer
from sessionward.audit.probe import HoldBack
from sessionward.audit.scene import Action
from sessionward.http import Carrier, Request


async def learned_actions(performer: Performer, again: Session) -> tuple[Action, ...]:
    """Each known action, compared with what another session of the owner would send."""
    scene = performer.stage.scene
    if not scene.calibrated:
        return ()
    bearers = {
        key.name for one in scene.private for key in bearing(one.members) if key.carrier is Carrier.HEADER
    }
    learned = []
    for known in performer.alterations.known.values():
        action = known.action
        other = await _of(performer, again, action)
        secrets = secret_parts(
            known.raw, (other,) if other else (), typed=known.typed, bearers=frozenset(bearers)
        )
        await performer.alterations.find_watch(action, (await performer.sessions.refresh(again)).tokens)
        learned.append(replace(action, secrets=secrets))
    return tuple(learned)


async def _of(performer: Performer, session: Session, action: Action) -> Request | None:
    """What that session's page would send; None where it could not be learnt."""
    try:
        return (await performer.alterations.hold_back(HoldBack(session=session, action=action))).request
    except TargetUnreachable:
        raise
    except DriverError:
        return None
