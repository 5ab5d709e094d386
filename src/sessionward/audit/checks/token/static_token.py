"""Every login hands out the same token, whatever was logged out before.

Why: a copy taken once is good for ever: no logout, no timeout and no new login makes it worthless.
Proof: the owner logs in, logs out and logs in again, beside many logins before; the token is the same each time, and
the copy from the first login opens the account.
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
    Step,
    Target,
    bearers,
    both_alive,
    enter,
    experiment,
    leave,
    look,
    must_be_refused,
    of_party,
    place,
    positive,
    require,
    sample,
    sampled_ways,
    values,
)
from sessionward.audit.observation import Samples
from sessionward.audit.scene import PrivateExchange, Scene


@experiment
def detect(scene: Scene) -> Detection:
    """See in the sample whether anything changes; where not, log out in between."""
    taken = yield from sample(least=2)
    outcomes: tuple[Outcome, ...] = ()
    for way in sampled_ways(scene, taken):
        outcomes += ((yield from renewed_by_logins(scene, taken, way)),)
    return outcomes


def renewed_by_logins(scene: Scene, taken: Samples, way: PrivateExchange) -> Step[Outcome]:
    """The verdict on one set of tokens: one that changes suffices."""
    yield from both_alive(scene, way)
    logins = of_party(taken, "owner")
    changing = [str(key) for key in sorted(bearers(way, taken)) if len(set(values(logins, key))) > 1]
    if changing:
        return passed(
            f"{len(logins)} logins of one account gave different tokens ({', '.join(changing)})",
            where=(place(way),),
        )
    return (yield from across_a_logout(scene, taken, way))


def across_a_logout(scene: Scene, taken: Samples, way: PrivateExchange) -> Step[Outcome]:
    """An app may rightly hand out the living session again, so one is logged out first."""
    target, where = Target(exchange=way), (place(way),)
    try:
        require(scene, "logout")
    except CannotTell as reason:
        return suspected(
            f"Every login of the account gave the same token ({way.channel}); {reason}.", where=where
        )
    first = yield from enter("owner", keep=True)
    yield from positive(scene, first.tokens, target)
    yield from leave(scene, first)
    second = yield from enter("owner")
    yield from positive(scene, second.tokens, target)
    told = bearers(way, taken)
    if first.tokens.same_values(second.tokens, told) != told:
        return passed(
            f"Logins share a living session, but after a logout the next one gets another token ({way.channel})",
            where=where,
        )
    seen = yield from look(scene, first.tokens.only(way.members), target)
    if not seen.opened:
        raise CannotTell("the token is the same, but the copy opens nothing: something beside it changed")
    yield from must_be_refused(scene, first.tokens.only(way.members), target)
    return failed(
        f"Every login gives the same token ({way.channel}), even after a logout, and the copy from before "
        "opens the account.",
        where=where,
    )


TOLD = story(__doc__)
CHECK = Check(
    id="static-token",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.2.2", "WSTG-SESS-01", "CWE-798", "CWE-287", "HIPAA-164.312(d)"),
    personas=("adversarial", "teenager"),
    fix="Make a new random token at every login and forget it at logout; an API key of the account is no session.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    account="stranger",
    uses=frozenset({"owner", "stranger"}),
    sessions=None,
)
