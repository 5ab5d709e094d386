"""A session that is used all the time never has to end, or ends later than the policy says.

Why: a stolen token that its thief keeps warm is good for ever, and nobody is asked for the password again.
Proof: a session is used again and again; it is still shown the account's data at an age beyond the policy's lifetime.
Where there is no time for that, the lifetime that a token claims for itself is read, which is a suspicion only.
"""

from __future__ import annotations

from dataclasses import replace

from sessionward.audit.check import (
    Check,
    Detection,
    Outcome,
    Severity,
    Verdict,
    failed,
    inconclusive,
    passed,
    story,
    suspected,
)
from sessionward.audit.experiment import (
    STRANGER,
    Busy,
    Claimed,
    Guard,
    answered_at,
    busy_resident,
    carriers,
    claims,
    enter,
    experiment,
    latest_end,
    must_be_refused,
    pass_time,
    place,
    positive,
    spell,
)
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Keep one session busy, an older one beside it, and see whether the first outlives the policy."""
    proof = latest_end(scene.policy.absolute_lifetime)
    older = yield from busy_resident(scene)
    session = yield from enter("stranger")
    first = yield from positive(scene, session.tokens, STRANGER)
    born = first.started
    busy = Busy(tokens=first.tokens, since=born, seen=born, control="")
    waited = yield from pass_time(scene, (busy, older), min(scene.wait, proof + 1))
    lived = busy.age(waited)
    if not busy.alive:
        fresh = yield from enter("stranger", control=Guard.POSITIVE)
        yield from positive(scene, fresh.tokens, STRANGER)
    elif lived > proof:
        yield from must_be_refused(scene, busy.tokens, STRANGER)
    jwts = claims(session.tokens, carriers(scene), now=answered_at(first.answer.exchange))
    outcome = outlived(scene, lived, jwts) if busy.alive else ended(scene, lived, jwts, older)
    dead = lived if outcome.verdict is Verdict.PASSED else None  # else its age need not be the cause
    bracket = ("absolute", lived if busy.alive else None, dead)
    return replace(outcome, timeouts=(bracket,), where=(place(scene.oracle),))


def outlived(scene: Scene, lived: float, jwts: tuple[Claimed, ...]) -> Outcome:
    """It was alive to the end."""
    limit = scene.policy.absolute_lifetime
    if lived > latest_end(limit):
        return failed(
            f"A session in use was still alive at an age of {spell(lived)}; the policy allows {spell(limit)}."
        )
    for claimed in jwts:
        if claimed.seconds is None or claimed.seconds > limit:
            says = "has no end" if claimed.seconds is None else f"is good for {spell(claimed.seconds)}"
            return suspected(
                f"The token in the {claimed.token.key} {says} by its own claims; the policy allows {spell(limit)}. "
                f"It was alive at an age of {spell(lived)}, the time there was to wait."
            )
    return inconclusive(
        f"a session in use was alive at an age of {spell(lived)}; the policy allows {spell(limit)}, so run with "
        f"--wait {latest_end(limit) + 5:.0f}s or longer to see the end"
    )


def ended(scene: Scene, lived: float, jwts: tuple[Claimed, ...], older: Busy) -> Outcome:
    """It died although it was in use, while a fresh login works."""
    limit = scene.policy.absolute_lifetime
    if jwts:
        return inconclusive(
            f"the token in the {jwts[0].token.key} ended at an age of {spell(lived)} by its own claims; whether "
            "the app renews it without end was not tried"
        )
    if older.alive:
        return inconclusive(f"a session in use ended at an age of {spell(lived)}, but an older one lives on")
    return passed(
        f"A session in use ended at an age of {spell(lived)} at most; the policy allows {spell(limit)}"
    )


TOLD = story(__doc__)
CHECK = Check(
    id="absolute-timeout-missing",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-7.3.2", "WSTG-SESS-07", "CWE-613"),
    personas=("business", "power user"),
    fix="Keep the moment of login with the session and refuse it once that is longer ago than the policy's "
    "lifetime, however busy it is; a renewed token inherits that moment.",
    detect=detect,
    account="stranger",
    uses=frozenset({"stranger"}),
    patient=True,
    sessions=2,
)
