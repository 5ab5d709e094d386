"""The app believes what the browser says about whose account it is.

Why: whoever changes a number or a name in a cookie is somebody else; that takes no skill at all.
Proof: in the owner's living tokens one readable part, such as a user's number, is replaced by the second account's; the
app then shows the second account's data. Where a token holds a role, a higher one is written there, and a page opens
that neither the own role nor a made-up one opens.
"""

from __future__ import annotations

from dataclasses import replace

from sessionward.audit.check import (
    Check,
    Detection,
    Disturbance,
    Outcome,
    Place,
    Severity,
    failed,
    passed,
    story,
)
from sessionward.audit.experiment import (
    NotHere,
    Portrait,
    RoleChange,
    Step,
    Target,
    both_alive,
    experiment,
    must_be_refused,
    newly_given,
    opens_stranger,
    place,
    portrait,
    proven,
    rewritten,
    role_changes,
    sets_of_tokens,
    swapped,
)
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Token
from sessionward.http.layers import leaves


@experiment
def detect(scene: Scene) -> Detection:
    """Change one part after the other, for each set of tokens that opens something."""
    who = yield from portrait(scene)
    outcomes = []
    for way in sets_of_tokens(scene):
        if changes := rewritten(scene, who):
            outcomes.append((yield from believed(scene, who, way, changes)))
        if roles := role_changes(who):
            outcomes.append((yield from raised(scene, who, way, roles)))
    if not outcomes:
        raise NotHere(
            f"no part of {len(tuple(who.pairs()))} tokens and cookies of either account says whose it is, or with what "
            "role, and could be written by somebody else: all of it is random, or the same for both"
        )
    return tuple(outcomes)


def raised(scene: Scene, who: Portrait, way: PrivateExchange, roles: tuple[RoleChange, ...]) -> Step[Outcome]:
    """The verdict on roles that stand in a token: whether a higher one opens pages that the owner's own does not."""
    yield from both_alive(scene, way)
    for change in roles:
        if url := (yield from newly_given(scene, who, way, change)):
            yield from must_be_refused(scene, who.owner.only(way.members), Target(exchange=way))
            return failed(
                f"With “{change.role}” written into the {change.token.key}, a page opens that is refused otherwise.",
                where=(Place(method="GET", url=url),),
            )
    yield from both_alive(scene, way)
    names = ", ".join(sorted({str(change.token.key) for change in roles}))
    message = f"The {names} holds a role, but a higher one written there opens nothing more"
    return passed(message, where=(place(way),))


def believed(
    scene: Scene, who: Portrait, way: PrivateExchange, changes: tuple[tuple[Token, str], ...]
) -> Step[Outcome]:
    """The verdict on one way in: its members go along, and the token that was changed."""
    where = (place(way),)
    yield from both_alive(scene, way)
    for token, value in changes:
        wide = replace(way, members=way.members | {token.key})
        forged = swapped(who.owner, token.key, value).only(wide.members)
        if (yield from opens_stranger(forged, wide)):
            yield from proven(scene, forged, wide)
            part = next((f" ({leaf.name})" for leaf in leaves(token.value) if leaf.name), "")
            return failed(
                f"With the second account's value{part} written into the {token.key}, the app shows its data.",
                where=where,
            )
    yield from both_alive(scene, way)
    names = ", ".join(sorted({str(token.key) for token, _ in changes}))
    return passed(f"The {names} says whose account it is, but changing it opens nobody else's", where=where)


TOLD = story(__doc__)
CHECK = Check(
    id="client-controlled-identity",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-7.2.1", "ASVS-8.3.1", "WSTG-ATHZ-03", "CWE-565", "CWE-639", "HIPAA-164.312(a)(1)"),
    personas=("curious", "adversarial"),
    fix="Keep who is logged in, and what they may do, in the session on the server; take nothing about either from a "
    "cookie, header or parameter that the browser can write.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    account="stranger",
    uses=frozenset({"owner", "stranger"}),
    sessions=None,
)
