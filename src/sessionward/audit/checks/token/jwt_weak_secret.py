"""The secret that signs JSON Web Tokens can be guessed.

Why: one token is enough to try millions of secrets at home, unseen; with the right one anybody writes tokens for any
account.
Proof: a short list of common secrets is tried against the owner's token; a token for the second account is made
with the one that fits and is shown that account's data.
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
    CannotTell,
    Guard,
    NotHere,
    Portrait,
    Step,
    both_alive,
    common_keys,
    experiment,
    key_kind,
    opens_stranger,
    others_claims,
    place,
    portrait,
    proven,
    resident,
    swapped,
    web_tokens,
)
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Token
from sessionward.http.jws import HASHES, Signed

UNLIKELY = b"sessionward: surely no app's own key"


@experiment
def detect(scene: Scene) -> Detection:
    """Try the list against each token, then write one for the second account."""
    session = yield from resident("owner", Guard.POSITIVE)
    found = web_tokens(session.tokens, scene.private)
    if not found:
        raise NotHere("none of the tokens that carry the login is a JSON Web Token")
    if not any(signed.algorithm in HASHES for _, _, signed in found):
        used = ", ".join(sorted({signed.algorithm for _, _, signed in found}))
        raise NotHere(f"the tokens are not signed with a shared secret but by {used}")
    who = yield from portrait(scene)
    outcomes = []
    for way, token, signed in web_tokens(who.owner, scene.private):
        if signed.algorithm in HASHES:
            outcomes.append((yield from guessed(scene, who, way, token, signed)))
    return tuple(outcomes)


def guessed(scene: Scene, who: Portrait, way: PrivateExchange, token: Token, signed: Signed) -> Step[Outcome]:
    """The verdict on one token."""
    yield from both_alive(scene, way)
    keys, where = tuple(common_keys()), (place(way),)
    key, claims = signed.key_among(keys), others_claims(who, token.key)
    forged = swapped(who.owner, token.key, signed.signed(UNLIKELY if key is None else key, claims))
    opened = yield from opens_stranger(forged, way)
    if key is None and opened:
        raise CannotTell(
            "a token signed with a made-up secret is taken as well, so the secret does not matter; see "
            "jwt-signature-not-verified"
        )
    if key is None:
        yield from both_alive(scene, way)
        return passed(
            f"None of {len(keys)} common secrets signed the token ({token.key}), and one signed with another is "
            "refused",
            where=where,
        )
    told = f"The secret that signs the token ({token.key}) is {key_kind(key)}"
    if opened:
        yield from proven(scene, forged, way)
        return failed(f"{told}; a token made with it for the second account is shown its data.", where=where)
    return suspected(
        f"{told}; a token made with it for the second account was refused all the same.", where=where
    )


TOLD = story(__doc__)
CHECK = Check(
    id="jwt-weak-secret",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-9.1.1", "WSTG-SESS-10", "CWE-326", "CWE-521", "HIPAA-164.312(d)"),
    personas=("adversarial",),
    fix="Make the secret of at least 32 random bytes (for example with secrets.token_bytes), keep it out of the code "
    "and the repository, and replace it now: every token that it signed is worthless.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    account="stranger",
    uses=frozenset({"owner", "stranger"}),
    sessions=None,
)
