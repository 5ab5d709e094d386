"""A token or cookie tells in the clear whose it is.

Why: tokens end up in logs, proxies, backups and browsers of shared computers; a name or an address in them makes a
list of patients of each.
Proof: every token and cookie of both accounts is decoded; at the same place each holds its own account's data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Disturbance, Severity, failed, passed, story, suspected
from sessionward.audit.experiment import (
    PLANTED,
    experiment,
    known_values,
    must_be_refused,
    place,
    portrait,
    tells,
)
from sessionward.audit.probe import Replay
from sessionward.audit.scene import Scene
from sessionward.http import Token
from sessionward.http.layers import leaves


@experiment
def detect(scene: Scene) -> Detection:
    """Decode what both accounts hold and look for their own values in it."""
    who = yield from portrait(scene)
    yield from Replay(exchange=scene.oracle, tokens=who.owner, party="owner")
    pairs, where = tuple(who.pairs()), (place(scene.oracle),)
    found = {(str(mine.key), kind) for mine, theirs in pairs for kind in revealed(scene, mine, theirs)}
    if found:
        yield from must_be_refused(scene, who.owner)
        told = "; ".join(f"the {kind} in the {key}" for key, kind in sorted(found))
        plain = all(kind == "user name" for _, kind in found)
        return failed(
            f"Whoever sees a token or cookie of the account can read {told}.",
            where=where,
            severity=Severity.LOW if plain else None,
        )
    if roles := sorted(str(mine.key) for mine, _ in pairs if role_in(scene, mine)):
        return suspected(
            f"The role of the account can be read in the {', '.join(roles)}.",
            where=where,
            severity=Severity.INFO,
        )
    return passed(f"None of {len(pairs)} tokens and cookies says in the clear whose it is", where=where)


def revealed(scene: Scene, mine: Token, theirs: Token) -> tuple[str, ...]:
    """What kinds of values: one counts where the other account's token has its own at the same place."""
    others = {leaf.path: leaf.text for leaf in leaves(theirs.value)}
    found: dict[str, None] = {}
    for leaf in leaves(mine.value):
        there = others.get(leaf.path)
        for kind, value in known_values(scene, "owner"):
            if there is None or not tells(leaf.text, value) or tells(there, value):
                continue
            own = [text for also, text in known_values(scene, "stranger") if also == kind]
            if kind == PLANTED or any(tells(there, text) for text in own):
                found[kind] = None
    return tuple(found)


def role_in(scene: Scene, token: Token) -> bool:
    """Whether a part of the token is the account's role, under a name that says so."""
    role = scene.parties["owner"].role if "owner" in scene.parties else ""
    return bool(role) and any(
        "role" in leaf.name.casefold() and leaf.text.casefold() == role.casefold()
        for leaf in leaves(token.value)
    )


TOLD = story(__doc__)
CHECK = Check(
    id="identity-readable-in-token",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-14.3.3", "WSTG-SESS-01", "CWE-315", "CWE-200", "HIPAA-164.312(a)(1)"),
    personas=("curious", "teenager"),
    fix="Put nothing into a token but a random value; keep who it is on the server. Where a token must carry claims, "
    "let its subject be an id that means nothing elsewhere, or encrypt it.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    account="stranger",
    uses=frozenset({"owner", "stranger"}),
    sessions=None,
)
