"""Wrong passwords may be tried one after another without end.

Why: people choose weak passwords and reuse them; an app that answers every guess at once gives them all away in the
end.
Proof: more wrong passwords than the policy allows are tried through the login form without pause; each is answered
at once, and then the right one is let in.
"""

from __future__ import annotations

from statistics import median

from sessionward.audit.check import (
    Check,
    Detection,
    Disturbance,
    Place,
    Severity,
    failed,
    inconclusive,
    passed,
    story,
)
from sessionward.audit.experiment import Guard, enter, experiment, positive, resident
from sessionward.audit.observation import Guesses
from sessionward.audit.probe import Guess
from sessionward.audit.scene import Scene

GROWTH, NOTICEABLE = 3.0, 1.0
"""Answers that take so many times longer at the end than at first, and at least so many seconds, hold a guesser off."""
SAMPLE = 3


@experiment
def detect(scene: Scene) -> Detection:
    """Guess, then log in."""
    where = (Place(method="GET", url=scene.login.url if scene.login else scene.start),)
    session = yield from resident("owner", Guard.POSITIVE)
    yield from positive(scene, session.tokens)
    times = scene.policy.failed_logins + 1
    guesses = yield from Guess(party="owner", times=times)
    if guesses.refused_at is not None:
        why = f": {guesses.reason}" if guesses.reason else ""
        return passed(f"The app held off at wrong password number {guesses.refused_at}{why}", where=where)
    if guesses.made < times:
        return inconclusive(
            f"only {guesses.made} of {times} wrong passwords could be tried: {guesses.reason or 'no reason given'}",
            where=where,
        )
    if slowed(guesses):
        return passed(
            f"The answers to wrong passwords grew slower, from {median(guesses.seconds[:SAMPLE]):.1f} s "
            f"to {median(guesses.seconds[-SAMPLE:]):.1f} s",
            where=where,
        )
    if not guesses.then_right:
        yield from enter("stranger", control=Guard.OTHER)
        return passed(
            f"After {times} wrong passwords the right one was no longer let in, while another account was",
            where=where,
        )
    return failed(
        f"{times} wrong passwords one after another were each answered at once, and the right one was then let in.",
        where=where,
    )


def slowed(guesses: Guesses) -> bool:
    """Whether the app makes a guesser wait longer and longer."""
    if len(guesses.seconds) < 2 * SAMPLE:
        return False
    first, last = median(guesses.seconds[:SAMPLE]), median(guesses.seconds[-SAMPLE:])
    return last > NOTICEABLE and last >= GROWTH * first


TOLD = story(__doc__)
CHECK = Check(
    id="login-not-throttled",
    family="credentials",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-6.3.1", "WSTG-ATHN-03", "CWE-307", "HIPAA-164.308(a)(5)(ii)(C)"),
    personas=("adversarial", "student"),
    fix="Count wrong passwords by account and by client, and answer with a growing delay after a few; do not lock "
    "the owner out for good.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    uses=frozenset({"owner", "stranger"}),
    last=True,
)
