"""The page says that the session has ended, and the server goes on serving it.

Why: a timer in the page hides the record, while a token that was copied, cached or seen before still opens it.
Proof: a page is left alone in a real browser until it shows the account no longer; a copy of its tokens, presented a
while later, is still shown the account's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Outcome, Severity, failed, inconclusive, passed, story
from sessionward.audit.experiment import (
    STRANGER,
    NotHere,
    Step,
    enter,
    experiment,
    latest_end,
    left_alone,
    look,
    must_be_refused,
    opened_page,
    place,
    positive,
    spell,
)
from sessionward.audit.observation import Observed
from sessionward.audit.probe import Wait
from sessionward.audit.scene import Scene

GRACE = 5.0
"""Seconds, or a tenth of what the page took: a server that checks in intervals ends a session that much later."""


@experiment
def detect(scene: Scene) -> Detection:
    """Leave a page alone until it ends, then present what it held."""
    session = yield from enter("stranger", keep=True)
    yield from positive(scene, session.tokens, STRANGER)
    page = yield from opened_page(scene, session)
    limit = latest_end(scene.policy.inactivity_timeout)
    horizon = min(limit, scene.wait)
    page, ended = yield from left_alone(session, page, horizon)
    if ended is not None:
        return (yield from served(scene, page, ended))
    if horizon < limit:
        return inconclusive(
            f"a page left alone for {spell(horizon)} still showed the account; the policy allows "
            f"{spell(scene.policy.inactivity_timeout)}, so run with --wait {limit + GRACE:.0f}s or longer"
        )
    raise NotHere(
        f"a page left alone for {spell(horizon)} shows the account as before: the page ends nothing itself"
    )


def served(scene: Scene, page: Observed, ended: float) -> Step[Outcome]:
    """Whether what the page held before it ended still opens the account."""
    grace = max(GRACE, ended / 10)
    yield from Wait(seconds=grace)
    copy = yield from look(scene, page.tokens, STRANGER)
    where, when = (place(scene.oracle),), f"A page left alone was ended after {spell(ended)}"
    if not copy.opened:
        return passed(f"{when}, and so was its session on the server", where=where)
    yield from must_be_refused(scene, page.tokens, STRANGER)
    return failed(
        f"{when}, but {spell(grace)} later a copy of its tokens was still shown the account.", where=where
    )


TOLD = story(__doc__)
CHECK = Check(
    id="idle-timeout-client-only",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=(
        "ASVS-7.3.1",
        "ASVS-7.4.1",
        "WSTG-SESS-07",
        "CWE-613",
        "CWE-602",
        "HIPAA-164.312(a)(2)(iii)",
    ),
    personas=("elderly", "novice"),
    fix="End the session on the server, by its own clock; let the page only show what the server decided.",
    detect=detect,
    account="stranger",
    uses=frozenset({"stranger"}),
    patient=True,
)
