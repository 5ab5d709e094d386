"""A session that nobody uses does not end, or ends later than the policy says.

Why: a patient walks away from a shared computer and the next person sits down in front of the open record.
Proof: sessions are left alone, each for a time of its own, and looked at once (a look renews them); one is still
shown the account's data after more idle time than the policy allows.
"""

from __future__ import annotations

from dataclasses import replace

from sessionward.audit.check import Check, Detection, Outcome, Severity, failed, inconclusive, passed, story
from sessionward.audit.experiment import (
    STRANGER,
    Climbed,
    climb,
    experiment,
    latest_end,
    must_be_refused,
    place,
    spell,
)
from sessionward.audit.scene import Scene

TOLERATED = 1.2
"""A session first seen dead this much after the policy's limit may still have ended in time."""


@experiment
def detect(scene: Scene) -> Detection:
    """Climb the ladder and hold what it showed against the policy."""
    climbed = yield from climb(scene)
    if (climbed.alive_after or 0) > latest_end(scene.policy.inactivity_timeout):
        yield from must_be_refused(scene, climbed.tokens, STRANGER)
    outcome = judged(scene, climbed)
    bracket = ("inactivity", climbed.alive_after, None if climbed.doubt else climbed.dead_after)
    return replace(outcome, timeouts=(bracket,), where=(place(scene.oracle),))


def judged(scene: Scene, climbed: Climbed) -> Outcome:
    """The bracket against the policy's limit."""
    limit, alive, dead = scene.policy.inactivity_timeout, climbed.alive_after, climbed.dead_after
    if alive is not None and alive > latest_end(limit):
        then = f" and was dead after {spell(dead)}" if dead is not None else ""
        return failed(
            f"A session was still alive after {spell(alive)} without use{then}; the policy allows {spell(limit)}."
        )
    if dead is None:
        return inconclusive(
            f"a session was alive after {spell(alive or 0)} without use; the policy allows {spell(limit)}, so run with "
            f"--wait {latest_end(limit) + 5:.0f}s or longer to see the end"
        )
    if climbed.doubt:
        return inconclusive(f"a session left alone was dead after {spell(dead)}, but {climbed.doubt}")
    if dead > TOLERATED * latest_end(limit) + 5:
        return inconclusive(
            f"a session ended between {spell(alive or 0)} and {spell(dead)} without use, which does not tell on which "
            f"side of the policy's {spell(limit)}"
        )
    lived = f"alive after {spell(alive)} without use and " if alive is not None else ""
    return passed(f"A session was {lived}dead after {spell(dead)}; one in use lived on")


TOLD = story(__doc__)
CHECK = Check(
    id="idle-timeout-missing",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.3.1", "WSTG-SESS-07", "CWE-613", "HIPAA-164.312(a)(2)(iii)"),
    personas=("elderly", "novice", "teenager"),
    fix="Note on the server when a person last did something and refuse the session once that is longer ago than "
    "the policy's time; a timer in the page alone ends nothing.",
    detect=detect,
    account="stranger",
    uses=frozenset({"stranger"}),
    patient=True,
    sessions=None,
)
