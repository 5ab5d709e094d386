"""Logging out ends one way into the account and leaves another open.

Why: the page says goodbye, but the interface behind it (a second token, a page beside an API) still hands out the
record to whoever holds a copy.
Proof: each way in is shown to be open before the logout; after it one is shut and another still shows the owner's
data.
"""

from __future__ import annotations

from sessionward.audit.check import Check, Detection, Severity, failed, inconclusive, passed, story
from sessionward.audit.experiment import (
    NotHere,
    channels,
    enter,
    experiment,
    gathered,
    leave,
    left_open,
    listed,
    opened,
    other_lives,
    place,
    renewing_keys,
    require,
)
from sessionward.audit.scene import Scene


@experiment
def detect(scene: Scene) -> Detection:
    """Open every way in, log out, try each again."""
    require(scene, "logout")
    ways = (*channels(scene), *scene.renewing)
    if len(ways) < 2:  # noqa: PLR2004 — one way in cannot be missed beside another
        raise NotHere(f"there is one way into the account only: {listed(ways)}")
    session = yield from enter("owner", keep=True)
    tokens = yield from gathered(scene, session, ways)
    ways, tokens = yield from opened(scene, tokens, ways)
    out = yield from leave(scene, session)
    # The way to the control leads by pages that may have traded the cookie once more: a former one proves nothing.
    tokens = tokens.merged(out.tokens.only(renewing_keys(scene)))
    alive = yield from left_open(scene, tokens, ways)
    shut = tuple(way for way in ways if way not in alive)
    if not alive:
        yield from other_lives(scene)
        return passed(f"The logout ended every way in: {listed(ways)}", where=tuple(map(place, ways)))
    if not shut:
        return inconclusive(f"the logout ended no way in ({listed(alive)}); see logout-keeps-token-alive")
    return failed(
        f"The logout ended {listed(shut)}, but {listed(alive)} still shows the owner's data.",
        where=tuple(map(place, alive)),
    )


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
)
