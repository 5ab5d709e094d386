"""Logging out ends one way into the account and leaves another open.

Why: the page says goodbye, but the interface behind it (a second token, a page beside an API) still hands out the
record to whoever holds a copy.
Proof: each way in is shown to be open before the logout; after it one is shut and another still shows the owner's
data.
"""

from __future__ import annotations

from collections.abc import Iterable

from sessionward.audit.check import (
    Check,
    Detection,
    Severity,
    failed,
    inconclusive,
    passed,
    story,
)
from sessionward.audit.experiment import (
    Guard,
    NotHere,
    Step,
    Target,
    channels,
    enter,
    experiment,
    leave,
    look,
    must_be_refused,
    other_lives,
    outlasts,
    place,
    require,
)
from sessionward.audit.probe import Session
from sessionward.audit.scene import PrivateExchange, Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Open every way in, log out, try each again."""
    require(scene, "logout")
    ways = channels(scene)
    if len(ways) < 2:  # noqa: PLR2004 — one way in cannot be missed beside another
        raise NotHere(f"there is one way into the account only: {listed(ways)}")
    session = yield from enter("owner", keep=True)
    ways = yield from open_ways(scene, session, ways)
    yield from leave(session)
    alive = yield from left_open(scene, session, ways)
    shut = tuple(way for way in ways if way not in alive)
    if not alive:
        yield from other_lives(scene)
        return passed(f"The logout ended every way in: {listed(ways)}", where=tuple(map(place, ways)))
    if not shut:
        return inconclusive(
            f"no way in was ended by the logout ({listed(alive)}); logout-keeps-token-alive speaks of that"
        )
    return failed(
        f"The logout ended {listed(shut)}, but {listed(alive)} still shows the owner's data.",
        where=tuple(map(place, alive)),
    )


def open_ways(
    scene: Scene, session: Session, ways: tuple[PrivateExchange, ...]
) -> Step[tuple[PrivateExchange, ...]]:
    """G1 for each: the ways that this session opens now; one that needs a token it lacks drops out."""
    found = []
    for way in ways:
        seen = yield from look(scene, session.tokens, Target(exchange=way), control=Guard.POSITIVE)
        if seen.opened:
            found.append(way)
    if len(found) < 2:  # noqa: PLR2004
        raise NotHere(f"a fresh login opens one way into the account only: {listed(found) or 'none'}")
    return tuple(found)


def left_open(
    scene: Scene, session: Session, ways: tuple[PrivateExchange, ...]
) -> Step[tuple[PrivateExchange, ...]]:
    """Those that still open after the logout and go on doing so, with their controls."""
    alive = []
    for way in ways:
        target = Target(exchange=way)
        seen = yield from look(scene, session.tokens, target)
        if seen.opened:
            yield from must_be_refused(scene, session.tokens, target)
            alive.append((way, seen.tokens))
    if 0 < len(alive) < len(ways):
        shut = []
        for way, tokens in alive:
            shut.append((yield from outlasts(scene, tokens, Target(exchange=way))))
        alive = [pair for pair, after in zip(alive, shut, strict=True) if after is None]
    return tuple(way for way, _ in alive)


def listed(ways: Iterable[PrivateExchange]) -> str:
    """Ways in, for a reader."""
    return ", ".join(f"the {way.kind} opened by {way.channel}" for way in ways)


TOLD = story(__doc__)
CHECK = Check(
    id="logout-misses-channel",
    family="lifecycle",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.HIGH,
    requirements=("ASVS-7.4.1", "WSTG-SESS-06", "CWE-613", "HIPAA-164.312(a)(1)"),
    personas=("power user", "adversarial"),
    fix="Let every token hang on one session record and refuse all of them once that record has ended: page cookie,"
    " access token, refresh token and open connections alike.",
    detect=detect,
    uses=frozenset({"owner", "stranger"}),
)
