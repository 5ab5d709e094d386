"""A JSON Web Token is believed although its signature is wrong or missing.

Why: whoever can write a token is whoever he writes into it: any patient, any doctor, the administrator.
Proof: the owner's token is given the second account's claims and a wrong signature, or none; it is then shown the
second account's data.
"""

from __future__ import annotations

from sessionward.audit.check import (
    Check,
    Detection,
    Disturbance,
    Outcome,
    Severity,
    failed,
    passed,
    story,
    suspected,
)
from sessionward.audit.experiment import (
    Guard,
    NotHere,
    Portrait,
    Step,
    both_alive,
    experiment,
    opens_stranger,
    others_claims,
    place,
    portrait,
    proven,
    resident,
    swapped,
    web_tokens,
)
from sessionward.audit.probe import Replay
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Token
from sessionward.http.jws import UNSIGNED, Signed


@experiment
def detect(scene: Scene) -> Detection:
    """Alter the signature, then take it away; each time in the name of the second account."""
    session = yield from resident("owner", Guard.POSITIVE)
    if not web_tokens(session.tokens, scene.private):
        raise NotHere("none of the tokens that carry the login is a JSON Web Token")
    who = yield from portrait(scene)
    outcomes = []
    for way, token, signed in web_tokens(who.owner, scene.private):
        outcomes.append((yield from believed(scene, who, way, token, signed)))
    return tuple(outcomes)


def believed(
    scene: Scene, who: Portrait, way: PrivateExchange, token: Token, signed: Signed
) -> Step[Outcome]:
    """The verdict on one token."""
    yield from both_alive(scene, way)
    claims, where = others_claims(who, token.key), (place(way),)
    forgeries = [("a wrong signature", signed.altered(claims))]
    forgeries += [("no signature (algorithm “none”)", signed.unsigned(none, claims)) for none in UNSIGNED]
    for how, value in forgeries:
        forged = swapped(who.owner, token.key, value)
        if (yield from opens_stranger(forged, way)):
            yield from proven(scene, forged, way)
            return failed(
                f"A token ({token.key}) that was rewritten for the second account, with {how}, is shown its data.",
                where=where,
            )
    broken = swapped(who.owner, token.key, signed.altered()).only(way.members)
    seen = yield from Replay(exchange=way, tokens=broken, party="owner")
    yield from both_alive(scene, way)
    if seen.shows == "owner":
        return suspected(
            f"A token ({token.key}) with a wrong signature is still taken, but not for another account.",
            where=where,
            severity=Severity.MEDIUM,
        )
    return passed(
        f"The token ({token.key}, {signed.algorithm}) is refused with a wrong signature and with none",
        where=where,
    )


TOLD = story(__doc__)
CHECK = Check(
    id="jwt-signature-not-verified",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-9.1.1", "ASVS-9.1.2", "WSTG-SESS-10", "CWE-347", "HIPAA-164.312(d)"),
    personas=("adversarial", "power user"),
    fix="Verify the signature before a single claim is read, with the one algorithm that the app itself uses: hand the"
    " library a list of that one, never what the token's own header says, and never a function that only decodes.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    account="stranger",
    uses=frozenset({"owner", "stranger"}),
    sessions=None,
)
