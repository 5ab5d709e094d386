"""Two people are given the same token.

Why: one of them sees the other's account without doing anything.
Proof: both accounts log in again and again; where both are given one and the same token, it shows the wrong one's data
to one of the two.
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
    PARTIES,
    Step,
    Target,
    bearers,
    both_alive,
    experiment,
    must_be_refused,
    of_party,
    place,
    sample,
    sampled_ways,
)
from sessionward.audit.observation import Sampled, Samples
from sessionward.audit.probe import Replay, Sample
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import TokenKey

ROUNDS = 6
AT_A_TIME = 8


@experiment
def detect(scene: Scene) -> Detection:
    """Look for a token that both accounts were given; then have it happen again and use it."""
    taken = yield from sample(least=2)
    outcomes: tuple[Outcome, ...] = ()
    for way in sampled_ways(scene, taken):
        outcomes += ((yield from collided(scene, taken, way)),)
    return outcomes


def collided(scene: Scene, taken: Samples, way: PrivateExchange) -> Step[Outcome]:
    """The verdict on one set of tokens. One account that gets its living session again is no collision."""
    yield from both_alive(scene, way)
    where = (place(way),)
    if not shared(taken, bearers(way, taken)):
        return passed(
            f"{len(taken.logins)} logins of two accounts gave no token ({way.channel}) to both", where=where
        )
    for _ in range(ROUNDS):
        fresh = yield from Sample(size=AT_A_TIME, fresh=True)
        for mine, theirs in shared(fresh, bearers(way, taken)):
            given = min(mine, theirs, key=lambda login: login.sent)
            other = "stranger" if given.party == "owner" else "owner"
            seen = yield from Replay(exchange=way, tokens=given.tokens.only(way.members), party=given.party)
            if seen.shows == other:
                yield from must_be_refused(
                    scene, given.tokens.only(way.members), Target(party=other, exchange=way)
                )
                return failed(
                    f"A token ({way.channel}) given to the {given.party} shows the {other}'s data: both logins got it.",
                    where=where,
                )
        if len(fresh.logins) < AT_A_TIME:
            break
    return suspected(
        f"Two accounts were given the same token ({way.channel}) in {len(taken.logins)} logins, but it did not happen "
        "again while it could be used.",
        where=where,
    )


def shared(taken: Samples, keys: frozenset[TokenKey]) -> list[tuple[Sampled, Sampled]]:
    """The pairs of logins of different accounts whose tokens are all the same."""
    mine, theirs = (of_party(taken, party) for party in PARTIES)
    return [(one, two) for one in mine for two in theirs if one.tokens.same_values(two.tokens, keys) == keys]


TOLD = story(__doc__)
CHECK = Check(
    id="duplicate-token",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-7.2.3", "WSTG-SESS-01", "CWE-330", "HIPAA-164.312(a)(2)(i)"),
    personas=("business", "adversarial"),
    fix="Make tokens from the operating system's random source, and let the store refuse to write a session under a "
    "token that it already has.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    account="stranger",
    uses=frozenset({"owner", "stranger"}),
    sessions=None,
)
