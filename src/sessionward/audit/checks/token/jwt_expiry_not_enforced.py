"""A JSON Web Token is taken after its end, or has none.

Why: a token that leaked into a log or stayed in a closed laptop opens the account for as long as it is believed.
Proof: a token is used again two minutes after the end that it states. Where there is no time to wait for that, the end
that it states is held against the policy, which is a suspicion only.
"""

from __future__ import annotations

from sessionward.audit.check import (
    Check,
    Detection,
    Outcome,
    Severity,
    failed,
    inconclusive,
    passed,
    story,
    suspected,
)
from sessionward.audit.experiment import (
    Guard,
    NotHere,
    Step,
    Target,
    answered_at,
    both_alive,
    enter,
    experiment,
    look,
    must_be_refused,
    place,
    positive,
    resident,
    spell,
    web_tokens,
)
from sessionward.audit.probe import Wait
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import Token, TokenSet
from sessionward.http.jws import Signed

SKEW, MOMENT = 120.0, 5.0
"""Seconds that clocks of two machines may differ: libraries allow for as much. And those after which it is worth a look
where there is no time for that."""


@experiment
def detect(scene: Scene) -> Detection:
    """Judge each JSON Web Token that carries the login."""
    session = yield from resident("owner", Guard.POSITIVE)
    if not web_tokens(session.tokens, scene.private):
        raise NotHere("none of the tokens that carry the login is a JSON Web Token")
    fresh = yield from enter("owner")
    outcomes = []
    for way, token, signed in web_tokens(fresh.tokens, scene.private):
        outcomes.append((yield from ended(scene, fresh.tokens.only(way.members), way, token, signed)))
    return tuple(outcomes)


def ended(scene: Scene, held: TokenSet, way: PrivateExchange, token: Token, signed: Signed) -> Step[Outcome]:
    """The verdict on one token: waited for where that fits, else by what it states."""
    target, where, limit = Target(exchange=way), (place(way),), scene.policy.absolute_lifetime
    seen = yield from positive(scene, held, target)
    now = answered_at(seen.answer.exchange) or signed.jwt.issued_at or 0.0
    expires = signed.jwt.expires
    if expires is None:
        return suspected(
            f"The token ({token.key}) states no end (exp), so nothing but the server's own memory can end it.",
            where=where,
        )
    left, life = max(0.0, expires - now), expires - (signed.jwt.issued_at or now)
    if left + MOMENT > scene.wait:
        if life > limit:
            told = f"is good for {spell(life)} by its own claims; the policy allows {spell(limit)}"
            return suspected(f"The token ({token.key}) {told}.", where=where)
        told = f"run with --wait {left + SKEW + 5:.0f}s or longer to see whether that is kept"
        return inconclusive(
            f"the token ({token.key}) ends in {spell(round(left, -1) if left > SKEW else round(left))}; {told}",
            where=where,
        )
    late = SKEW if left + SKEW <= scene.wait else MOMENT
    yield from Wait(seconds=left + late)
    seen = yield from look(scene, held, target)
    yield from both_alive(scene, way)
    if not seen.opened:
        return passed(
            f"A token ({token.key}) opens nothing {spell(late)} after the end that it states", where=where
        )
    yield from must_be_refused(scene, held, target)
    told = f"A token ({token.key}) still opens the account {spell(late)} after the end that it states"
    if late < SKEW:
        told += f", which may be leeway for clocks: run with --wait {left + SKEW + 5:.0f}s or longer to tell"
        return suspected(f"{told}.", where=where)
    return failed(f"{told}.", where=where)


TOLD = story(__doc__)
CHECK = Check(
    id="jwt-expiry-not-enforced",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.MEDIUM,
    requirements=("ASVS-9.2.1", "ASVS-7.3.2", "WSTG-SESS-10", "CWE-613", "HIPAA-164.312(a)(2)(iii)"),
    personas=("adversarial", "novice"),
    fix="Give every token an end (exp) of minutes, let the library check it on every request with a leeway of at most "
    "a minute or two, and renew it by a refresh token that the server can end.",
    detect=detect,
    uses=frozenset({"owner", "stranger"}),
    patient=True,
)
