"""One account may have more sessions at the same time than the policy allows, or without any limit.

Why: a shared or stolen login goes unnoticed when any number of devices may use it at once.
Proof: one session more than the policy allows is opened and all of them are shown the owner's data in the same
moment. Where the policy names no number, six are tried and the outcome informs only.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Disturbance, Severity, failed, passed, story
from sessionward.audit.experiment import (
    Guard,
    alive_at_once,
    experiment,
    must_be_refused,
    open_sessions,
    other_lives,
    place,
)
from sessionward.audit.probe import Wait
from sessionward.audit.scene import Scene

USUAL = 5
"""How many sessions we expect at most where the policy names no number."""
SETTLING = 2.0
"""Seconds after which the oldest must be gone: an app may end it a moment after the newest login."""


@experiment
def detect(scene: Scene) -> Detection:
    """Log in once more than allowed and look at all sessions at once."""
    allowed, where = scene.policy.concurrent_sessions, (place(scene.oracle),)
    wanted = (allowed or USUAL) + 1
    crowd, refusal = yield from open_sessions(scene, wanted)
    if refusal:
        opened = len(crowd)
        return passed(
            f"With {opened} sessions alive, login number {opened + 1} was refused: {refusal}", where=where
        )
    alive, crowd = yield from alive_at_once(scene, crowd)
    if alive == wanted:
        yield from Wait(seconds=SETTLING, control=Guard.LATER)
        alive, crowd = yield from alive_at_once(scene, crowd)
    if alive < wanted:
        yield from other_lives(scene)
        return passed(
            f"Of {wanted} sessions opened one after another, {alive} were alive at the end", where=where
        )
    yield from must_be_refused(scene, crowd[-1])
    if allowed is None:
        return failed(
            f"{wanted} sessions of one account were alive at once and no limit was seen; the policy names none.",
            where=where,
            severity=Severity.INFO,
        )
    return failed(
        f"{wanted} sessions of one account were alive at once; the policy allows {allowed}.", where=where
    )


TOLD = story(__doc__)
CHECK = Check(
    id="concurrent-sessions-unlimited",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-7.1.2", "WSTG-SESS-11", "HIPAA-164.312(a)(2)(i)"),
    personas=("student", "business", "power user"),
    fix="Decide how many sessions an account may have, end the oldest when a new one goes beyond it, and tell the "
    "owner.",
    detect=detect,
    disturbs=frozenset({Disturbance.SESSIONS}),
)
