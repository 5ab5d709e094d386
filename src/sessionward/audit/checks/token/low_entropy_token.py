"""A token is so short, or so uniform, that it can be found by trying.

Why: whoever tries long enough meets somebody's session; with 64 bits or more nobody can.
Proof: many logins are made and their tokens laid side by side; the places that never change are left out, and what is
left is counted in bits. One of those tokens alone opens the account, a random one does not.
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
    experiment,
    must_be_refused,
    place,
    sample,
    sampled_ways,
    unknown_bits,
    values,
)
from sessionward.audit.observation import Samples
from sessionward.audit.scene import PrivateExchange, Scene

NIST, ENOUGH, ASVS = 64, 112, 128
"""Bits: what SP 800-63B asks of a session secret, what SP 800-131A still calls strong (a random UUID has 122), and what
ASVS 7.2.3 asks."""
LEAST, SURE = 5, 10
"""Fewer different tokens than these say too little of what changes, and too little for a proof."""


@experiment
def detect(scene: Scene) -> Detection:
    """Judge each set of tokens that opens something."""
    taken = yield from sample(least=2)
    outcomes: tuple[Outcome, ...] = ()
    for way in sampled_ways(scene, taken):
        outcomes += ((yield from counted(scene, taken, way)),)
    return outcomes


def counted(scene: Scene, taken: Samples, way: PrivateExchange) -> Step[Outcome]:
    """The verdict on one set: its members must all be found, so their bits add up."""
    mine, _ = yield from both_alive(scene, way)
    found = {key: values(taken.logins, key) for key in bearers(way, taken)}
    different = max(len(set(seen)) for seen in found.values())
    bits = sum(unknown_bits(seen) for seen in found.values())
    told = f"at most {bits:.0f} bits of the token ({way.channel}) are unknown, by {different} different ones"
    where = (place(way),)
    if bits < NIST:
        yield from must_be_refused(scene, mine.only(way.members), Target(exchange=way))
        if different < SURE:
            return suspected(f"By its length and alphabet, {told}; NIST asks for {NIST}.", where=where)
        return failed(f"By its length and alphabet, {told}; NIST asks for {NIST}.", where=where)
    if different < LEAST:
        raise CannotTell(
            f"{different} different tokens say too little of what changes in them: {taken.reason}".rstrip(
                ": "
            )
        )
    if bits < ENOUGH:
        return suspected(
            f"By its length and alphabet, {told}; ASVS asks for {ASVS}.", where=where, severity=Severity.LOW
        )
    return passed(
        f"By its length and alphabet up to {bits:.0f} bits of the token ({way.channel}) are unknown, by {different} "
        "different ones; whether they can be computed is another check's question",
        where=where,
    )


TOLD = story(__doc__)
CHECK = Check(
    id="low-entropy-token",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.2.3", "WSTG-SESS-01", "CWE-331", "CWE-334", "NIST-63B-5.1"),
    personas=("adversarial",),
    fix="Make tokens of at least 16 bytes from the operating system's random source (secrets.token_urlsafe(32), "
    "crypto.randomBytes(32), random_bytes(32)), or let the framework make them.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    account="stranger",
    uses=frozenset({"owner", "stranger"}),
    sessions=None,
)
