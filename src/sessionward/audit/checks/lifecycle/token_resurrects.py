"""A token that died at logout lives again after the owner's next login.

Why: a copy taken months ago opens the account again as soon as the patient comes back.
Proof: the old token opens nothing after the logout; the owner logs in anew and is given another token; then the old
one is shown the owner's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import (
    CannotTell,
    Guard,
    enter,
    experiment,
    leave,
    look,
    positive,
    replay_opens,
    require,
)
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Log in, log out, see the token dead, log in again elsewhere, try it once more."""
    require(scene, "logout")
    first = yield from enter("owner", keep=True)
    yield from positive(scene, first.tokens)
    yield from leave(scene, first)
    dead = yield from look(scene, first.tokens, control=Guard.BEFORE)
    if dead.opened:
        raise CannotTell(
            "the token does not die at logout, so it cannot come back; see logout-keeps-token-alive"
        )
    second = yield from enter("owner")
    if first.tokens.same_values(second.tokens, scene.members) == scene.members:
        raise CannotTell("each login hands out the same token, so the old one cannot be told from the new")
    yield from positive(scene, second.tokens)
    return (
        yield from replay_opens(
            scene,
            first.tokens,
            failed="The token of a session that was logged out opens the account again after the next login.",
            passed="A token that died at logout stays dead when its owner logs in again",
        )
    )


TOLD = story(__doc__)
CHECK = Check(
    id="token-resurrects",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.4.1", "WSTG-SESS-06", "CWE-613"),
    personas=("teenager", "adversarial"),
    fix="Let a logout end the session for good: forget the token's record, and never derive whether a token is good"
    " from a property of the account such as “is logged in”.",
    detect=detect,
)
