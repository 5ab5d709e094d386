"""A token handed out before login opens the account afterwards.

Why: whoever planted or saw that token, on a shared computer or through a link, is logged in as the victim the
moment that the victim logs in (session fixation).
Proof: the tokens of the login page open nothing; the owner logs in with that browser; a client that holds only the
tokens from before is then shown the owner's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Severity, story
from sessionward.audit.experiment import (
    CannotTell,
    Guard,
    NotHere,
    carriers,
    enter,
    experiment,
    look,
    positive,
    replay_opens,
)
from sessionward.audit.probe import OpenBrowser
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Keep what the login page hands out, log in on top of it, present it alone."""
    visitor = yield from OpenBrowser()
    early = visitor.tokens
    if early.keys & carriers(scene):
        before = yield from look(scene, early, control=Guard.BEFORE)
        if before.opened:
            raise CannotTell(
                "a fresh browser's tokens already open the owner's data before anybody logged in"
            )
    session = yield from enter("owner", browser=visitor)
    copies = tuple(copy for copy in dict.fromkeys((early, session.before)) if copy.keys & carriers(scene))
    if not copies:
        raise NotHere("before login the app hands out no token of the kind that carries the login")
    yield from positive(scene, session.tokens)
    kept = frozenset(key for copy in copies for key in copy.same_values(session.tokens, carriers(scene)))
    names = ", ".join(sorted(map(str, kept)))
    return (
        yield from replay_opens(
            scene,
            copies,
            failed="The tokens from before the login open the owner's data after it"
            + (f" (unchanged: {names})." if names else "."),
            passed=f"The login keeps {names}, but that alone opens nothing: another token is needed beside it"
            if names
            else "The tokens from before the login open nothing after it",
            ended=False,
        )
    )


TOLD = story(__doc__)
CHECK = Check(
    id="token-survives-login",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.2.4", "WSTG-SESS-03", "CWE-384", "HIPAA-164.312(d)"),
    personas=("adversarial", "teenager"),
    fix="Make a new token at every login and end the one from before in the same step.",
    detect=detect,
)
