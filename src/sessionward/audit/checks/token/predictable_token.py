"""The next token can be computed from the tokens before it.

Why: whoever logs in to an account of his own knows what the app hands out next, and waits for the next patient.
Proof: counters, clocks, names and their hashes are fitted to many logins; then the second account logs in, and three
times a token that was computed, not given, is shown its data.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

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
    Forecast,
    Step,
    bearers,
    both_alive,
    experiment,
    forecasts,
    foreseen,
    neighbours,
    opens_stranger,
    place,
    proven,
    sample,
    sampled_ways,
)
from sessionward.audit.observation import Samples
from sessionward.audit.probe import Sample
from sessionward.audit.scene import PrivateExchange, Scene
from sessionward.http import TokenKey

ROUNDS, ENOUGH = 5, 3


@experiment
def detect(scene: Scene) -> Detection:
    """Fit the sample, for each set of tokens that opens something; then predict."""
    taken = yield from sample(least=3)
    outcomes = []
    for way in sampled_ways(scene, taken):
        found = forecasts(scene, taken, bearers(way, taken))
        judged = (
            (yield from predicted(scene, way, found)) if found else (yield from guessed(scene, taken, way))
        )
        outcomes.append(judged)
    return tuple(outcomes)


def predicted(scene: Scene, way: PrivateExchange, found: Mapping[TokenKey, Forecast]) -> Step[Outcome]:
    """The verdict where a model fits: whether it foresees logins that have not happened yet."""
    yield from both_alive(scene, way)
    hits, told = 0, " and ".join(dict.fromkeys(model.told for model in found.values()))
    where = (place(way),)
    for _ in range(ROUNDS):
        fresh = yield from Sample(size=2, fresh=True)
        if len(fresh.logins) < 2:  # noqa: PLR2004
            break
        for forged in foreseen(scene, found, *fresh.logins):
            if (yield from opens_stranger(forged, way)):
                hits += 1
                break
        if hits == ENOUGH:
            yield from proven(scene, forged, way)
            message = f"The token ({way.channel}) is {told}: {hits} logins of the second account were predicted, and "
            return failed(f"{message}each predicted token was shown its data.", where=where)
    return suspected(
        f"The token ({way.channel}) is {told}, by all the logins of the sample; {hits} of {ROUNDS} logins were "
        "predicted closely enough to be tried.",
        where=where,
    )


def guessed(scene: Scene, taken: Samples, way: PrivateExchange) -> Step[Outcome]:
    """The verdict where none fits: the neighbours of a token that was given open nothing either."""
    mine, _ = yield from both_alive(scene, way)
    where = (place(way),)
    for forged in itertools.islice(neighbours(mine, bearers(way, taken)), ENOUGH):
        if (yield from opens_stranger(forged, way)):
            yield from proven(scene, forged, way)
            message = f"A token ({way.channel}) next to the owner's own is shown the second account's data."
            return failed(message, where=where)
    yield from both_alive(scene, way)
    return passed(
        f"No counter, clock, name or hash of one explains {len(taken.logins)} tokens ({way.channel}), and the "
        "neighbours of a living one open nothing",
        where=where,
    )


TOLD = story(__doc__)
CHECK = Check(
    id="predictable-token",
    family="token",
    title=TOLD.title,
    why=TOLD.why,
    proof=TOLD.proof,
    severity=Severity.CRITICAL,
    requirements=("ASVS-7.2.3", "WSTG-SESS-01", "CWE-330", "CWE-340", "CWE-341", "HIPAA-164.312(d)"),
    personas=("adversarial", "power user"),
    fix="Make tokens from the operating system's random source (secrets.token_urlsafe(32), crypto.randomBytes(32), "
    "random_bytes(32)) and from nothing else: hashing a number that can be guessed does not hide it.",
    detect=detect,
    disturbs=frozenset({Disturbance.THROTTLE}),
    account="stranger",
    uses=frozenset({"owner", "stranger"}),
    sessions=None,
)
