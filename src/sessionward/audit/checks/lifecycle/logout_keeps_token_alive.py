"""A token still opens the account after its owner logged out.

Why: whoever copied the token (a shared computer, a proxy's log, malware) stays in the account although the patient
believes to have left it.
Proof: tokens saved before the logout are presented from elsewhere after it and are shown the owner's data, while a
random token, no token and another account's token are not.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import (
    carriers,
    copies,
    enter,
    experiment,
    leave,
    life_note,
    positive,
    replay_opens,
    require,
)
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Save the tokens, log out, present them again."""
    require(scene, "logout")
    session = yield from enter("owner", keep=True)
    alive = yield from positive(scene, session.tokens)
    out = yield from leave(scene, session)
    life = life_note(session.tokens, carriers(scene))
    return (
        yield from replay_opens(
            scene,
            copies(scene, session, out),
            failed=f"After logging out, the tokens from before still open the owner's data.{life}",
            passed="Tokens saved before the logout open nothing after it",
            used=alive.started,
        )
    )


TOLD = story(__doc__)
CHECK = Check(
    id="logout-keeps-token-alive",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.4.1", "WSTG-SESS-06", "CWE-613", "HIPAA-164.312(a)(2)(iii)", "HIPAA-164.312(d)"),
    personas=("novice", "teenager", "adversarial"),
    fix="End the session on the server at logout: delete its record, or put a self-contained token on a list of "
    "ended tokens that every request consults until it would have expired. Clearing the cookie alone ends "
    "nothing.",
    detect=detect,
)
