"""Session cookies are signed with a key that everybody can know.

Why: the key of a tutorial or a template lets anybody write a session for any account, and often run code.
Proof: a list of known keys is tried against the signature of the owner's cookie; a cookie made with the one that fits
is shown the second account's data.
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
    place,
    portrait,
    proven,
    resident,
    resigned_set,
    sets_of_tokens,
    signed_forgery,
    signed_parts,
)
from sessionward.audit.probe import Replay
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Token
from sessionward.http.signed_cookies import SignedValue

UNLIKELY = b"sessionward: surely no app's own key"


@experiment
def detect(scene: Scene) -> Detection:
    """Try the list against each signed value, then write one for the second account."""
    session = yield from resident("owner", Guard.POSITIVE)
    if not any(signed_parts(session.tokens, way) for way in sets_of_tokens(scene)):
        raise NotHere(
            "none of the tokens that carry the login looks signed, as frameworks or teams sign them"
        )
    who = yield from portrait(scene)
    outcomes = []
    for way in sets_of_tokens(scene):
        for token, ways in signed_parts(who.owner, way):
            outcomes.append((yield from known(scene, who, way, token, ways)))
    return tuple(outcomes)


def known(
    scene: Scene, who: Portrait, way: PrivateExchange, token: Token, ways: tuple[SignedValue, ...]
) -> Step[Outcome]:
    """The verdict on one cookie."""
    yield from both_alive(scene, way)
    keys, where = tuple(common_keys()), (place(way),)
    fitting = next(((signed, key) for signed in ways if (key := signed.key_among(keys)) is not None), None)
    if fitting is None:
        value, signature = ways[0].forged(UNLIKELY, ways[0].payload)
        resigned = resigned_set(who.owner, token, ways[0], value, signature).only(way.members)
        seen = yield from Replay(exchange=way, tokens=resigned, party="owner")
        yield from both_alive(scene, way)
        if seen.shows == "owner":
            raise CannotTell(
                f"the token ({token.key}) is taken with a made-up signature as well, or it has none"
            )
        frameworks = " or ".join(sorted({signed.framework for signed in ways}))
        return passed(
            f"None of {len(keys)} known keys signed the token ({token.key}), tried as by {frameworks}",
            where=where,
        )
    signed, key = fitting
    forged = signed_forgery(who, token, signed, key)
    opened = (yield from opens_stranger(forged, way)) if forged else False
    told = f"The token ({token.key}) is signed as by {signed.framework}, and the key is {key_kind(key)}"
    if opened and forged:
        yield from proven(scene, forged, way)
        return failed(f"{told}; one made with it for the second account is shown its data.", where=where)
    return suspected(
        f"{told}; what it signs does not say whose session it is, so none was forged.", where=where
    )


TOLD = story(__doc__)
CHECK = Check(
    id="default-signing-key",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-7.2.1", "WSTG-SESS-01", "CWE-798", "CWE-321", "HIPAA-164.312(d)"),
    personas=("adversarial",),
    fix="Make a key of at least 32 random bytes for each installation, read it from the environment, refuse to start "
    "without one, and replace the present one now.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    account="stranger",
    uses=frozenset({"owner", "stranger"}),
    sessions=None,
)
