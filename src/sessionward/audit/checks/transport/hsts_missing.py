"""The app does not tell browsers to come by https only.

Why: whoever types the bare address, or follows an old http link, speaks in the clear first, and an attacker on the
network keeps it that way.
Proof: an answer over https carries no Strict-Transport-Security, or one that ends too soon.
"""

from __future__ import annotations

import re

from sessionward.audit.check import Check, Detection, Outcome, Severity, passed, story, suspected
from sessionward.audit.experiment import CannotTell, NotHere, experiment, place, positive, resident, spell
from sessionward.audit.experiment.guards import Guard
from sessionward.audit.probe import Replay
from sessionward.audit.scene import Scene
from sessionward.http import TokenSet

YEAR = 31_536_000
"""Seconds; ASVS 5.0, 3.4.1 asks for at least a year."""
MAX_AGE = re.compile(r"(?:^|;)\s*max-age\s*=\s*\"?(\d+)\"?\s*(?:;|$)", re.IGNORECASE)
"""RFC 6797, section 6.1.1."""


@experiment
def detect(scene: Scene) -> Detection:
    """Read the header of the private page, and of what is answered to nobody."""
    if not scene.https:
        raise NotHere("the app is spoken to over plain http, where the header means nothing (RFC 6797)")
    session = yield from resident("owner", Guard.POSITIVE)
    seen = yield from positive(scene, session.tokens)
    bare = yield from Replay(exchange=scene.oracle, tokens=TokenSet(), party="nobody")
    outcomes = []
    for answer in (seen.answer, bare):
        if answer.exchange.response is None:
            raise CannotTell(f"no answer came: {answer.exchange.error}")
        outcomes.append(judged(scene, answer.exchange.response.header("strict-transport-security")))
    return min(outcomes, key=lambda outcome: outcome.confidence is None)


def judged(scene: Scene, value: str | None) -> Outcome:
    """The header's value against what it has to say."""
    where = (place(scene.oracle),)
    if value is None:
        return suspected("An answer over https has no Strict-Transport-Security header.", where=where)
    age = MAX_AGE.search(value)
    if age is None or int(age[1]) == 0:
        return suspected(
            "Strict-Transport-Security is sent without a max-age, so browsers ignore it.", where=where
        )
    if int(age[1]) < YEAR:
        text = f"Strict-Transport-Security ends after {spell(int(age[1]))}; a year is asked for."
        return suspected(text, where=where, severity=Severity.INFO)
    return passed("Browsers are told to come by https only, for a year or longer", where=where)


TOLD = story(__doc__)
CHECK = Check(
    id="hsts-missing",
    family="transport",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.LOW,
    requirements=("ASVS-3.4.1", "WSTG-SESS-09", "CWE-319", "HIPAA-164.312(e)(1)"),
    personas=("business",),
    fix="Answer every request over https with Strict-Transport-Security: max-age=31536000; includeSubDomains.",
    detect=detect,
)
